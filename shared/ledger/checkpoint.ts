import { type Bytes, fromBase64, toBase64 } from './bytes.ts'
import { HASH } from './merkle.ts'
import { type Note, readNote } from './note.ts'

/** How long a log was, and its root: what is signed (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** Which log: a name for ever. */
  origin: string
  size: number
  root: Bytes
}

export interface SignedCheckpoint extends Checkpoint {
  note: Note
}

const SIZE = /^(0|[1-9]\d*)$/

/** Undefined: the note is none, or is about something else. */
export function readCheckpoint(whole: string): SignedCheckpoint | undefined {
  const note = readNote(whole)
  if (!note) return undefined
  const [origin, size, encoded, ...rest] = note.text.slice(0, -1).split('\n')
  const root = encoded === undefined ? undefined : fromBase64(encoded)
  if (!origin || size === undefined || !SIZE.test(size) || root?.length !== HASH) return undefined
  if (!Number.isSafeInteger(Number(size)) || rest.includes('')) return undefined
  return { origin, size: Number(size), root, note }
}

/** The text that is signed. */
export const checkpointText = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${toBase64(root)}\n`

/** For people who compare: the first 8 bytes of the root, in fours. */
export function fingerprintOf({ root }: Pick<Checkpoint, 'root'>): string {
  const hex = Array.from(root.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.match(/.{4}/g)!.join(' ')
}
