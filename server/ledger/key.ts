import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import canonicalize from 'canonicalize'
import { verifierLine } from '#shared/ledger/key.ts'
import type { Db } from '../db/connect.ts'
import { appendLeaf, insertKey, ledgerKeys, lockKeys } from './queries.ts'
import { newSigner, readSigner, type Signer } from './signer.ts'

export interface KeyPlace {
  dataDir: string
  /** Undefined: it lies in `dataDir`, and is made where there is none. */
  given: string | undefined
  /** Under which the log is known; undefined: a name that nobody else has. */
  publicUrl: string | undefined
}

const FILE = 'ledger.key'

/** The log's own key, or undefined where this process has another one, or none: then others sign. */
export async function openSigner(db: Db, place: KeyPlace): Promise<Signer | undefined> {
  const isNew = (await ledgerKeys(db)).length === 0
  const signer = (await ownSigner(place)) ?? (isNew ? await makeSigner(place) : undefined)
  if (signer) await beFirst(db, signer)
  const line = signer && verifierLine(signer.verifier)
  return (await ledgerKeys(db)).at(-1) === line ? signer : undefined
}

async function ownSigner({ given, dataDir }: KeyPlace): Promise<Signer | undefined> {
  const kept = given ?? (await readFile(path.join(dataDir, FILE), 'utf8').catch(() => undefined))
  if (kept === undefined) return undefined
  const signer = readSigner(kept)
  if (signer) return signer
  const where = given === undefined ? path.join(dataDir, FILE) : 'LEDGER_KEY'
  throw new Error(`${where} is no key of a ledger: it looks like PRIVATE+KEY+name+id+base64.`)
}

/** Of several processes that start at once on one folder, one makes it. */
async function makeSigner(place: KeyPlace): Promise<Signer> {
  const signer = newSigner(nameOf(place))
  await mkdir(place.dataDir, { recursive: true })
  const made = writeFile(path.join(place.dataDir, FILE), `${signer.line}\n`, {
    mode: 0o600,
    flag: 'wx',
  })
  const isMade = await made.then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false
      throw error
    },
  )
  return isMade ? signer : (await ownSigner(place))!
}

/** A name for ever: it stays when the address changes. */
function nameOf({ publicUrl }: KeyPlace): string {
  if (publicUrl !== undefined) return `${new URL(publicUrl).host}/ledger`
  return `clerestory-${randomBytes(4).toString('hex')}/ledger`
}

/** The first key of a log says itself in a leaf. */
async function beFirst(db: Db, { verifier }: Signer): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockKeys(trx)
    if ((await ledgerKeys(trx)).length > 0) return
    const line = verifierLine(verifier)
    await insertKey(trx, line)
    await appendLeaf(trx, 'key', canonicalize({ key: line })!)
  })
}
