import { isEqual } from './bytes.ts'
import { emptyRoot, HASH, nodeHash } from './merkle.ts'

export interface Inclusion {
  index: number
  size: number
  leaf: Uint8Array
  root: Uint8Array
  proof: readonly Uint8Array[]
}

/** Whether a leaf stands at its place in the log of this size and root (RFC 9162, section 2.1.3.2). */
export function isIncluded({ index, size, leaf, root, proof }: Inclusion): boolean {
  if (!isCount(index) || !isCount(size) || index >= size) return false
  if (![leaf, root, ...proof].every(isHash)) return false
  let place = index
  let last = size - 1
  let hash = leaf
  for (const beside of proof) {
    if (last === 0) return false
    if (isOdd(place) || place === last) {
      hash = nodeHash(beside, hash)
      while (!isOdd(place) && place !== 0) {
        place = half(place)
        last = half(last)
      }
    } else hash = nodeHash(hash, beside)
    place = half(place)
    last = half(last)
  }
  return last === 0 && isEqual(hash, root)
}

export interface Consistency {
  from: number
  to: number
  /** At `from` and at `to`. */
  oldRoot: Uint8Array
  newRoot: Uint8Array
  proof: readonly Uint8Array[]
}

/** Whether the log at `to` begins with what it was at `from` (RFC 9162, section 2.1.4.2). */
export function isConsistent({ from, to, oldRoot, newRoot, proof }: Consistency): boolean {
  if (!isCount(from) || !isCount(to)) return false
  if (from === 0) return to === 0 && areEmpty({ oldRoot, newRoot, proof })
  return isConsistentSubtree({
    start: 0,
    end: from,
    size: to,
    subtree: oldRoot,
    root: newRoot,
    proof,
  })
}

const areEmpty = ({ oldRoot, newRoot, proof }: Omit<Consistency, 'from' | 'to'>): boolean =>
  proof.length === 0 && isEqual(oldRoot, emptyRoot) && isEqual(newRoot, emptyRoot)

export interface SubtreeConsistency {
  /** Of its leaves: the first one, and the one after the last. */
  start: number
  end: number
  size: number
  /** Its root, and the whole log's. */
  subtree: Uint8Array
  root: Uint8Array
  proof: readonly Uint8Array[]
}

/** Whether a subtree is part of the log of this size and root (draft-ietf-plants-merkle-tree-certs, section 4.4.3). */
export function isConsistentSubtree(asked: SubtreeConsistency): boolean {
  const { start, end, size, subtree, root, proof } = asked
  if (!isCount(start) || !isCount(size) || end > size) return false
  if (start === end) return proof.length === 0 && isEqual(subtree, emptyRoot)
  if (!isSubtree(start, end)) return false
  if (!proof.every(isHash)) return false
  let first = start
  let last = end - 1
  let whole = size - 1
  const shift = () => {
    first = half(first)
    last = half(last)
    whole = half(whole)
  }
  if (last === whole) while (first !== last) shift()
  else while (first !== last && isOdd(last)) shift()

  const [seed, ...rest] = first === last ? [subtree, ...proof] : proof
  if (!seed || seed.length === 0) return false
  let old = seed
  let now = seed
  for (const beside of rest) {
    if (whole === 0) return false
    if (isOdd(last) || last === whole) {
      if (first < last) old = nodeHash(beside, old)
      now = nodeHash(beside, now)
      while (!isOdd(last) && last !== 0) shift()
    } else now = nodeHash(now, beside)
    shift()
  }
  return whole === 0 && isEqual(old, subtree) && isEqual(now, root)
}

/** Whether these leaves are a subtree of every log that has them: it begins where one as wide may. */
function isSubtree(start: number, end: number): boolean {
  if (!isCount(start) || !isCount(end) || start >= end) return false
  let width = 1
  while (width < end - start) width *= 2
  return start % width === 0
}

/** Whether a leaf stands at its place in a subtree. */
export function isInSubtree({
  start,
  end,
  ...rest
}: Omit<Inclusion, 'size'> & { start: number; end: number }): boolean {
  if (!isSubtree(start, end) || rest.index < start) return false
  return isIncluded({ ...rest, index: rest.index - start, size: end - start })
}

/** Bitwise operators see 32 bits; a log may be longer. */
const isOdd = (n: number): boolean => n % 2 === 1
const half = (n: number): number => Math.floor(n / 2)
const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0
const isHash = (bytes: Uint8Array): boolean => bytes.length === HASH
