/** Texts that share so much of what either says are nearly the same. */
const ALIKE = 0.8

/** The Jaccard likeness of two sets in ascending order: what both hold ÷ what either holds. */
export function jaccard(one: Uint32Array, other: Uint32Array): number {
  let [i, j, shared] = [0, 0, 0]
  while (i < one.length && j < other.length) {
    const [a, b] = [one[i]!, other[j]!]
    if (a === b) shared++
    if (a <= b) i++
    if (b <= a) j++
  }
  const all = one.length + other.length - shared
  return all === 0 ? 1 : shared / all
}

/** Sets whose sizes differ too much need not be compared. */
export function areAlike(one: Uint32Array, other: Uint32Array): boolean {
  const [small, large] =
    one.length < other.length ? [one.length, other.length] : [other.length, one.length]
  return small >= ALIKE * large && jaccard(one, other) >= ALIKE
}
