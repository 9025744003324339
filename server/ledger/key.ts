import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import canonicalize from 'canonicalize'
import { toBase64 } from '#shared/ledger/bytes.ts'
import { verifierLine } from '#shared/ledger/key.ts'
import { handingText } from '#shared/ledger/walk.ts'
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
const NEXT = 'ledger.key.next'

/** The log's own key, or undefined where this process has another one, or none: then others sign. */
export async function openSigner(db: Db, place: KeyPlace): Promise<Signer | undefined> {
  if ((await ledgerKeys(db)).length === 0) {
    await beFirst(db, (await ownSigner(place)) ?? (await makeSigner(place)))
  }
  const now = (await ledgerKeys(db)).at(-1)
  const own = [await ownSigner(place), await nextSigner(place)]
  return own.find((signer) => signer && verifierLine(signer.verifier) === now)
}

/** Made to follow, by a rotation that may have been interrupted. */
async function nextSigner({ given, dataDir }: KeyPlace): Promise<Signer | undefined> {
  const kept = given === undefined ? await lineIn(path.join(dataDir, NEXT)) : undefined
  return kept === undefined ? undefined : readSigner(kept)
}

const lineIn = (file: string): Promise<string | undefined> =>
  readFile(file, 'utf8').catch(() => undefined)

async function ownSigner({ given, dataDir }: KeyPlace): Promise<Signer | undefined> {
  const kept = given ?? (await lineIn(path.join(dataDir, FILE)))
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

/**
 * Hands the log over to a new key, which the old one signs in a leaf; servers that run take it up. Answers it: where
 * the old one was given, the new one is to be given from now on. Throws where the log's key is not here.
 */
export async function rotateKey(db: Db, place: KeyPlace): Promise<Signer> {
  const old = await openSigner(db, place)
  if (!old) throw new Error('The key of the ledger is not here: only it can hand over.')
  const next = newSigner(old.verifier.name)
  const isKept = place.given === undefined
  const [now, later] = [path.join(place.dataDir, FILE), path.join(place.dataDir, NEXT)]
  // Kept before the log knows of it: whatever is interrupted, the key that signs is there.
  if (isKept) await writeFile(later, `${next.line}\n`, { mode: 0o600 })
  await db.transaction().execute(async (trx) => {
    await lockKeys(trx)
    if ((await ledgerKeys(trx)).at(-1) !== verifierLine(old.verifier)) {
      throw new Error('Somebody else has just handed over: look again.')
    }
    const signature = toBase64(old.sign(handingText(next.verifier)).bytes)
    const key = verifierLine(next.verifier)
    await insertKey(trx, key)
    await appendLeaf(trx, 'key', canonicalize({ key, signature })!)
  })
  if (isKept) await rename(later, now)
  return next
}
