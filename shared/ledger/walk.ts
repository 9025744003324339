import { isEqual, utf8, fromBase64 } from './bytes.ts'
import { type Break, Broken } from './break.ts'
import { type Entry, linkOf, readEntry } from './entry.ts'
import { isSameKey, isSignedBy, readVerifier, type Verifier, verifierLine } from './key.ts'
import { leafHash } from './merkle.ts'
import { append, emptyRange, type Range } from './range.ts'

/** Milliseconds by which clocks of a cluster may be set back without a word. */
const UNSAID = 10_000

/** All that must be known of the leaves so far to take the next one. */
export interface Walked {
  range: Range
  /** Of the last leaf. */
  at: number
  link: string | null
  /** Those that signed one after the other; the last one signs now. */
  keys: Verifier[]
  remarks: Break[]
}

export const nothingWalked = (): Walked => ({
  range: emptyRange(),
  at: -Infinity,
  link: null,
  keys: [],
  remarks: [],
})

/** A leaf stands where another should: how it came there is seen from those that follow. */
export class Misplaced extends Broken {}

/**
 * Takes the next leaf, in place; `hash` is what the log says that it is hashed to. Throws what is not as it must be.
 */
export async function take(walked: Walked, bytes: Uint8Array, hash?: Uint8Array): Promise<void> {
  const { range } = walked
  const index = range.size
  const entry = readEntry(bytes)
  if (!entry) throw new Broken('edited', index, `Leaf ${index} is no leaf of a log like this.`)
  if (entry.index !== index) {
    throw new Misplaced('removed', index, `Where leaf ${index} should be is leaf ${entry.index}.`)
  }
  const leaf = leafHash(bytes)
  if (hash && !isEqual(hash, leaf)) {
    throw new Broken('edited', index, `Leaf ${index} was changed: it is not what was hashed.`)
  }
  requireLink(walked, entry)
  noteClock(walked, entry)
  if (entry.type === 'key') await changeKey(walked, entry)
  append(range, leaf)
  walked.link = linkOf(leaf)
}

function requireLink({ link }: Walked, { index, previous }: Entry): void {
  if (previous === link) return
  const before = index - 1
  throw new Broken(
    'edited',
    before,
    `Leaf ${before} was changed: leaf ${index} was bound to another one.`,
  )
}

function noteClock(walked: Walked, { index, at }: Entry): void {
  const now = Date.parse(at)
  if (now < walked.at - UNSAID) {
    const seconds = Math.round((walked.at - now) / 1000)
    const says = `At leaf ${index} the clock went back by ${seconds} s.`
    walked.remarks.push({ kind: 'clock', index, says })
  }
  walked.at = now
}

/** The first key says itself; each later one was signed by the one before it. */
async function changeKey({ keys }: Walked, { index, what }: Entry): Promise<void> {
  const next = typeof what.key === 'string' ? readVerifier(what.key) : undefined
  const last = keys.at(-1)
  if (!next || (last && isSameKey(last, next))) {
    throw new Broken('key', index, `Leaf ${index} names no other key.`)
  }
  if (last && !(await isHandedOver({ from: last, to: next, signature: what.signature }))) {
    throw new Broken(
      'key',
      index,
      `Leaf ${index} changes the key, and the key before it did not sign that.`,
    )
  }
  keys.push(next)
}

interface Handing {
  from: Verifier
  to: Verifier
  signature: unknown
}

function isHandedOver({ from, to, signature }: Handing): Promise<boolean> | boolean {
  const bytes = typeof signature === 'string' ? fromBase64(signature) : undefined
  if (!bytes || from.name !== to.name) return false
  return isSignedBy(from.key, { message: utf8(handingText(to)), signature: bytes })
}

/** What the old key signs when a new one follows it. */
export const handingText = (to: Verifier): string => `clerestory/key/v1\n${verifierLine(to)}\n`
