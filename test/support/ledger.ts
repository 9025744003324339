import { newSigner, type Signer } from '../../server/ledger/signer.ts'
import { Broken } from '#shared/ledger/break.ts'
import { joined, toBase64, utf8 } from '#shared/ledger/bytes.ts'
import { checkpointText, readCheckpoint, type SignedCheckpoint } from '#shared/ledger/checkpoint.ts'
import { verifierLine } from '#shared/ledger/key.ts'
import { leafHash, rootOf } from '#shared/ledger/merkle.ts'
import { writeNote } from '#shared/ledger/note.ts'
import { type Known, type LogReader, readLog } from '#shared/ledger/read-log.ts'
import { linkOf } from '#shared/ledger/entry.ts'
import { TILE } from '#shared/ledger/tile.ts'
import { handingText } from '#shared/ledger/walk.ts'

export const signer = newSigner('example.org/ledger')

export interface Written {
  type: string
  what: object
  at?: number
}

const START = Date.parse('2026-11-22T08:00:00Z')

/** Entries as a ledger makes them, each bound to the one before; the first one names the key. */
export function entriesOf(written: readonly Written[], key: Signer = signer): Uint8Array[] {
  const first: Written = { type: 'key', what: { key: verifierLine(key.verifier) } }
  const entries: Uint8Array[] = []
  for (const [index, { type, what, at }] of [first, ...written].entries()) {
    const before = entries.at(-1)
    const previous = linkOf(before && leafHash(before))
    const time = new Date(at ?? START + index * 1000).toISOString()
    entries.push(utf8(JSON.stringify({ at: time, index, previous, type, what })))
  }
  return entries
}

/** That another key signs from here on, signed by the one that did. */
export function handing(to: Signer, from: Signer = signer): Written {
  const signature = toBase64(from.sign(handingText(to.verifier)).bytes)
  return { type: 'key', what: { key: verifierLine(to.verifier), signature } }
}

export function signedCheckpoint(entries: readonly Uint8Array[], key: Signer = signer): string {
  const root = Uint8Array.from(rootOf(entries.map(leafHash)))
  const text = checkpointText({ origin: 'example.org/ledger', size: entries.length, root })
  return writeNote({ text, signatures: [key.sign(text)] })
}

export const checkpointOf = (entries: readonly Uint8Array[], key?: Signer): SignedCheckpoint =>
  readCheckpoint(signedCheckpoint(entries, key))!

/** Serves leaves under a checkpoint, which may not be theirs. */
export function readerOf(
  entries: readonly Uint8Array[],
  checkpoint = signedCheckpoint(entries),
): LogReader {
  return {
    checkpoint: async () => checkpoint,
    tile: async ({ level, index, width }) => {
      const taken = entries.slice(index * TILE, index * TILE + width)
      if (level === 0) return joined(...taken.map(leafHash))
      if (level !== 'entries') return joined(...topsOf(entries, { level, index, width }))
      return joined(
        ...taken.flatMap((entry) => [Uint8Array.of(entry.length >> 8, entry.length & 255), entry]),
      )
    },
  }
}

/** Of whole subtrees. */
function topsOf(
  entries: readonly Uint8Array[],
  { level, index, width }: { level: number; index: number; width: number },
): Uint8Array[] {
  const span = TILE ** level
  return Array.from({ length: width }, (_, at) => {
    const start = (index * TILE + at) * span
    return rootOf(entries.slice(start, start + span).map(leafHash))
  })
}

/** What is named when the log is read: its kind and its leaf, or null where it is whole. */
export async function breakOf(
  reader: LogReader,
  known: Known = {},
): Promise<[string, number | null] | null> {
  try {
    await readLog(reader, known)
    return null
  } catch (error) {
    if (error instanceof Broken) return [error.found.kind, error.found.index]
    throw error
  }
}
