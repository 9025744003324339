import { readFile, stat, writeFile } from 'node:fs/promises'
import { fingerprintOf, readCheckpoint, type SignedCheckpoint } from '#shared/ledger/checkpoint.ts'
import { readVerifier, type Verifier, verifierLine } from '#shared/ledger/key.ts'
import { writeNote } from '#shared/ledger/note.ts'
import { readLog } from '#shared/ledger/read-log.ts'
import { readReceipt } from '#shared/ledger/receipt.ts'
import { ask, folderReader, serverReader } from './readers.ts'

export interface Asked {
  /** An address, a folder or the file of a receipt. */
  what: string
  /** A verifier line. */
  key: string | undefined
  /** Files of checkpoints that were kept, or addresses of those that others keep. */
  checkpoints: readonly string[]
  /** A file into which the newest checkpoint is written. */
  keep: string | undefined
  isForeign: boolean
  onProgress?: (read: number, of: number) => void
}

/** What was found, in sentences; throws a `Broken`, or whatever kept it from looking. */
export async function verify(asked: Asked): Promise<string[]> {
  const key = asked.key === undefined ? undefined : keyIn(asked.key)
  if (asked.isForeign && !key) throw new Error('A log of another program needs its key: --key.')
  const { what } = asked
  if (isAddress(what)) return verifyLog(asked, key)
  if ((await stat(what)).isDirectory()) return verifyLog(asked, key)
  if (asked.checkpoints.length === 0 && asked.keep === undefined) return verifyReceipt(what, key)
  throw new Error(
    '--checkpoint and --keep go with a log: its address or its folder, not a receipt.',
  )
}

async function verifyLog(asked: Asked, key: Verifier | undefined): Promise<string[]> {
  const { what, isForeign, onProgress, keep } = asked
  const kept = await Promise.all(asked.checkpoints.map(keptIn))
  const reader = isAddress(what) ? serverReader(what) : folderReader(what)
  const known = { key, kept, isForeign, withTiles: true, ...(onProgress && { onProgress }) }
  const { checkpoint, walked, remarks } = await readLog(reader, known)
  if (keep !== undefined) await writeFile(keep, writeNote(checkpoint.note))
  return [
    `The log ${checkpoint.origin} is whole: ${checkpoint.size} leaves, ${fingerprintOf(checkpoint)}.`,
    ...walked.keys.slice(-1).map((one) => `It is signed by ${verifierLine(one)}.`),
    ...kept.map(({ size }) => `It begins with the ${size} leaves of the checkpoint that was kept.`),
    ...remarks.map(({ kind, says }) => `${kind}: ${says}`),
  ]
}

async function verifyReceipt(file: string, key: Verifier | undefined): Promise<string[]> {
  const { checkpoint, entry, key: signer, texts } = await readReceipt(await receiptIn(file), key)
  return [
    `Leaf ${entry.index} is in the log ${checkpoint.origin} of ${checkpoint.size} leaves: ${entry.type}, ${entry.at}.`,
    `It is signed by ${verifierLine(signer)}.`,
    ...texts.map(({ name, text }) => `Its ${name} is what it commits to: ${JSON.stringify(text)}.`),
  ]
}

async function receiptIn(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8')
  if (readCheckpoint(text)) {
    throw new Error(`${file} is a checkpoint: verify the log, with --checkpoint ${file}.`)
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${file} is no receipt.`)
  }
}

function keyIn(line: string): Verifier {
  const key = readVerifier(line.trim())
  if (key) return key
  throw new Error(`${line} is no key of a log: it looks like name+id+base64.`)
}

async function keptIn(where: string): Promise<SignedCheckpoint> {
  const text = isAddress(where) ? await (await ask(where)).text() : await readFile(where, 'utf8')
  const checkpoint = readCheckpoint(text)
  if (checkpoint) return checkpoint
  throw new Error(`${where} is no checkpoint.`)
}

const isAddress = (text: string): boolean => /^https?:/.test(text)
