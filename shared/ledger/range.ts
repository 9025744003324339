import { emptyRoot, nodeHash } from './merkle.ts'

/** The first leaves of a log as far as appending needs them: the tops of whole subtrees, the greatest first. */
export interface Range {
  size: number
  tops: Uint8Array[]
}

export const emptyRange = (): Range => ({ size: 0, tops: [] })

/** Adds a leaf by its hash, in place. */
export function append(range: Range, hash: Uint8Array): void {
  let top = hash
  // As many subtrees are whole now as the size ends in ones.
  for (let rest = range.size; rest % 2 === 1; rest = (rest - 1) / 2) {
    top = nodeHash(range.tops.pop()!, top)
  }
  range.tops.push(top)
  range.size++
}

/** The root of all leaves so far. */
export function rootOfRange({ tops }: Range): Uint8Array {
  const last = tops.at(-1)
  if (!last) return emptyRoot
  return tops.slice(0, -1).reduceRight((root, top) => nodeHash(top, root), last)
}
