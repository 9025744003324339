/** A whole subtree: 2^level leaves, the `index`th of that width. */
export interface Node {
  level: number
  index: number
}

/** What a hash of a proof is made of: whole subtrees, to be hashed together from the right. */
export type Piece = readonly Node[]

/** The pieces of the proof that a leaf is in a log of `size` leaves, from the leaf upwards (RFC 6962, section 2.1.1). */
export function inclusionPath(index: number, size: number): Piece[] {
  const path: Piece[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + splitOf(end - start)
    const isLeft = index < middle
    path.unshift(isLeft ? piecesOf(middle, end) : piecesOf(start, middle))
    if (isLeft) end = middle
    else start = middle
  }
  return path
}

/** The pieces of the proof that a log of `to` leaves begins with that of `from` (RFC 6962, section 2.1.2). */
export function consistencyPath(from: number, to: number): Piece[] {
  const path: Piece[] = []
  let start = 0
  let end = to
  while (from !== end) {
    const middle = start + splitOf(end - start)
    const isLeft = from <= middle
    path.unshift(isLeft ? piecesOf(middle, end) : piecesOf(start, middle))
    if (isLeft) end = middle
    else start = middle
  }
  // What the reader has already, as the whole old log, is not repeated.
  return start === 0 ? path : [piecesOf(start, end), ...path]
}

/** The whole subtrees of a range that begins where one may, the greatest first. */
export function piecesOf(start: number, end: number): Piece {
  const pieces: Node[] = []
  for (let at = start; at < end;) {
    let level = 0
    while (2 ** (level + 1) <= end - at) level++
    pieces.push({ level, index: at / 2 ** level })
    at += 2 ** level
  }
  return pieces
}

/** The greatest power of two that is less than `n`, where `n` is at least 2. */
function splitOf(n: number): number {
  let power = 1
  while (power * 2 < n) power *= 2
  return power
}
