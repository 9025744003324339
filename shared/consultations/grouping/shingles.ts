/** Characters of a shingle; scripts that write a word in one or two characters need fewer. */
const [LONG, SHORT] = [5, 3]

/**
 * The shingles of a text that `plainText` wrote: every run of 5 characters, of 3 where it begins with a
 * Chinese, Japanese or Korean one, each once, as 32-bit hashes in ascending order. A text shorter than
 * that is one shingle, also when it is empty. Two different shingles of a pair of texts share a hash about
 * once in 10,000 pairs of 500 characters, which moves their likeness by 1/500.
 */
export function shinglesOf(plain: string): Uint32Array {
  const units = unitsOf(plain)
  const found = new Set<number>()
  for (let from = 0; from < units.length; from++) {
    const length = isDense(units[from]!) ? SHORT : LONG
    if (from + length > units.length && from > 0) continue
    found.add(hashOf(units, from, Math.min(from + length, units.length)))
  }
  if (found.size === 0) found.add(0)
  return Uint32Array.from(found).sort()
}

/** Code points: half of a rare character would be like half of another. */
function unitsOf(plain: string): Uint32Array {
  const units = new Uint32Array(plain.length)
  let n = 0
  for (let at = 0; at < plain.length; at++) {
    const unit = plain.codePointAt(at)!
    units[n++] = unit
    if (unit > 0xffff) at++
  }
  return units.subarray(0, n)
}

/** Han, kana, hangul, and the planes of rare Han characters. */
const isDense = (unit: number): boolean =>
  (unit >= 0x3040 && unit <= 0x30ff) ||
  (unit >= 0x3400 && unit <= 0x9fff) ||
  (unit >= 0xac00 && unit <= 0xd7af) ||
  (unit >= 0xf900 && unit <= 0xfaff) ||
  (unit >= 0x20000 && unit <= 0x3ffff)

/** The finalizer of MurmurHash3 over each character. */
function hashOf(units: Uint32Array, from: number, to: number): number {
  let hash = 0x9747b28c
  for (let at = from; at < to; at++) {
    hash = Math.imul(hash ^ units[at]!, 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  return hash >>> 0
}
