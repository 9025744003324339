import { emptyRoot, nodeHash, rootOf } from '#shared/ledger/merkle.ts'
import { piecesOf } from '#shared/ledger/path.ts'
import { TILE } from '#shared/ledger/tile.ts'
import type { Db } from '../db/connect.ts'
import { leafHashes, nodeHashes, type StoredNode } from './queries.ts'

/** A log as it grows: its right edge, by level those hashes that make no whole tile yet. */
export interface Tiling {
  size: number
  edge: Uint8Array[][]
}

/** Takes the hash of the next leaf, in place; answers the tiles that are whole now. */
export function grow(tiling: Tiling, hash: Uint8Array): StoredNode[] {
  const nodes: StoredNode[] = []
  tiling.size++
  let top = hash
  let count = tiling.size
  for (let level = 0; ; level++) {
    const row = (tiling.edge[level] ??= [])
    row.push(top)
    if (row.length < TILE) return nodes
    top = rootOf(row)
    tiling.edge[level] = []
    count /= TILE
    nodes.push({ level: level + 1, index: count - 1, hash: top })
  }
}

export function rootOfTiling({ edge }: Tiling): Uint8Array {
  const tops = edge.toReversed().flatMap(topsOf)
  const last = tops.at(-1)
  if (!last) return emptyRoot
  return tops.slice(0, -1).reduceRight((root, top) => nodeHash(top, root), last)
}

/** Of the whole subtrees of a row, the greatest first. */
function topsOf(row: readonly Uint8Array[]): Uint8Array[] {
  return piecesOf(0, row.length).map(({ level, index }) =>
    rootOf(row.slice(index * 2 ** level, (index + 1) * 2 ** level)),
  )
}

/** As it was when the log had so many leaves, as far as they are there. */
export async function tilingAt(db: Db, size: number): Promise<Tiling> {
  const edge: Uint8Array[][] = []
  for (let level = 0, count = size; count > 0; level++, count = Math.floor(count / TILE)) {
    const from = count - (count % TILE)
    edge.push(
      level === 0
        ? await leafHashes(db, from, count)
        : await nodeHashes(db, { level, from, to: count }),
    )
  }
  return { size, edge }
}
