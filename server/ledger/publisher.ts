import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Logger } from 'pino'
import { isEqual } from '#shared/ledger/bytes.ts'
import { checkpointText, readCheckpoint } from '#shared/ledger/checkpoint.ts'
import { writeNote } from '#shared/ledger/note.ts'
import type { Db } from '../db/connect.ts'
import {
  insertCheckpoint,
  insertNodes,
  leafHashes,
  ledgerSize,
  newestCheckpoint,
  type StoredCheckpoint,
} from './queries.ts'
import type { Signer } from './signer.ts'
import { grow, rootOfTiling, tilingAt } from './tiling.ts'

interface Options {
  db: Db
  /** The log's key as it is now, which another may have followed; undefined: it is not here any more. */
  signerNow: () => Promise<Signer | undefined>
  /** Where the last checkpoint is kept outside of the database too; undefined: nowhere. */
  dataDir: string | undefined
  log: Logger
}

export interface Publisher {
  /** Signs in the background what was added. */
  look(): void
  close(): Promise<void>
}

const FILE = 'ledger.checkpoint'
/** Milliseconds after which it is looked whether anything was added of which no tick tells. */
const LOOK_EVERY = 1000
/** Leaves that are read at once. */
const AT_ONCE = 5000

/**
 * Signs the log as it grows. Throws where it is not what was signed last: a log that lost leaves, or has others,
 * is never signed again.
 */
export async function openPublisher({ db, signerNow, dataDir, log }: Options): Promise<Publisher> {
  const last = await newestCheckpoint(db)
  for (const known of [last, await keptIn(dataDir)]) if (known) await requireUnchanged(db, known)
  const tiling = await tilingAt(db, last?.size ?? 0)
  let running: Promise<void> | undefined
  let isAskedAgain = false
  let isClosed = false
  let signed = last?.size ?? 0

  async function publish(): Promise<void> {
    const size = await ledgerSize(db)
    while (tiling.size < size && !isClosed) await readOn(size)
    if (tiling.size === signed || isClosed) return
    await sign()
  }

  /** Whole tiles are stored before the size that has them is signed. */
  async function readOn(size: number): Promise<void> {
    const hashes = await leafHashes(db, tiling.size, Math.min(size, tiling.size + AT_ONCE))
    if (hashes.length === 0) throw new Error(`leaf ${tiling.size} of the ledger is missing`)
    await insertNodes(
      db,
      hashes.flatMap((hash) => grow(tiling, hash)),
    )
  }

  async function sign(): Promise<void> {
    const signer = await signerNow()
    if (!signer)
      throw new Error('the key of the ledger was handed over, and the new one is not here')
    const { size } = tiling
    const root = Uint8Array.from(rootOfTiling(tiling))
    const text = checkpointText({ origin: signer.verifier.name, size, root })
    const note = writeNote({ text, signatures: [signer.sign(text)] })
    await insertCheckpoint(db, { size, root, note })
    await keep(dataDir, note)
    signed = size
  }

  function look(): void {
    isAskedAgain = running !== undefined
    if (isClosed || running) return
    running = publish()
      .catch((error: unknown) => log.error({ err: error }, 'the ledger could not be signed'))
      .finally(() => {
        running = undefined
        if (isAskedAgain) look()
      })
  }

  const timer = setInterval(look, LOOK_EVERY)
  look()
  return {
    look,
    async close() {
      isClosed = true
      clearInterval(timer)
      await running
    },
  }
}

type Known = Pick<StoredCheckpoint, 'size' | 'root'>

async function requireUnchanged(db: Db, { size, root }: Known): Promise<void> {
  const there = await ledgerSize(db)
  if (there < size) {
    throw new Error(`The ledger lost leaves: ${size} were signed, and ${there} are there.`)
  }
  if (isEqual(rootOfTiling(await tilingAt(db, size)), root)) return
  throw new Error(
    `The ledger was changed: its first ${size} leaves are not those that were signed.`,
  )
}

async function keptIn(dataDir: string | undefined): Promise<Known | undefined> {
  if (dataDir === undefined) return undefined
  const note = await readFile(path.join(dataDir, FILE), 'utf8').catch(() => undefined)
  return note === undefined ? undefined : readCheckpoint(note)
}

/** Beside the database: whoever restores that from a backup is told what it lost. */
async function keep(dataDir: string | undefined, note: string): Promise<void> {
  if (dataDir === undefined) return
  const file = path.join(dataDir, FILE)
  await writeFile(`${file}.new`, note)
  await rename(`${file}.new`, file)
}
