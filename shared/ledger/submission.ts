import { type Bytes, fromBase64, toBase64 } from './bytes.ts'
import { readCheckpoint, type SignedCheckpoint } from './checkpoint.ts'

/** What a log sends to a witness: a checkpoint, and that it goes on from what was signed last (C2SP tlog-witness). */
export interface Submission {
  /** Leaves of what was signed last; 0: nothing was. */
  old: number
  proof: Bytes[]
  checkpoint: SignedCheckpoint
}

const OLD = /^old (0|[1-9]\d{0,15})$/
const MOST_HASHES = 63

/** Undefined: it is no such request. */
export function readSubmission(told: string): Submission | undefined {
  const end = told.indexOf('\n\n')
  const [first = '', ...lines] = told.slice(0, Math.max(0, end)).split('\n')
  const [, old] = OLD.exec(first) ?? []
  const proof = lines.map(fromBase64)
  const checkpoint = readCheckpoint(told.slice(end + 2))
  if (old === undefined || !checkpoint || lines.length > MOST_HASHES) return undefined
  if (!proof.every((hash) => hash !== undefined)) return undefined
  return { old: Number(old), proof, checkpoint }
}

export function writeSubmission(old: number, proof: readonly Uint8Array[], note: string): string {
  return [`old ${old}`, ...proof.map(toBase64), '', note].join('\n')
}
