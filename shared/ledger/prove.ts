import { nodeHash } from './merkle.ts'
import { consistencyPath, inclusionPath, type Node, type Piece } from './path.ts'
import { nodeIn, placeOf, type TileName, widthOf } from './tile.ts'

/** Reads a tile of hashes. */
export type ReadTile = (name: TileName) => Promise<Uint8Array>

/** Throws where there is no such leaf. */
export function proveInclusion(read: ReadTile, { index, size }: { index: number; size: number }) {
  if (!(index >= 0 && index < size)) throw new RangeError('there is no such leaf')
  return proved(read, inclusionPath(index, size), size)
}

/** Of two sizes, the smaller first; of none is proven nothing. */
export function proveConsistency(read: ReadTile, { from, to }: { from: number; to: number }) {
  if (!(from > 0 && from <= to)) throw new RangeError('there is no such size')
  return proved(read, consistencyPath(from, to), to)
}

async function proved(read: ReadTile, path: readonly Piece[], size: number): Promise<Uint8Array[]> {
  const tiles = new Map<string, Promise<Uint8Array>>()
  const nodeOf = async (node: Node): Promise<Uint8Array> => {
    const { level, index, ...within } = placeOf(node)
    const key = `${level} ${index}`
    const tile = tiles.get(key) ?? read({ level, index, width: widthOf({ level, index }, size) })
    tiles.set(key, tile)
    return nodeIn(await tile, within)
  }
  return Promise.all(
    path.map(async (piece) =>
      (await Promise.all(piece.map(nodeOf))).reduceRight((right, left) => nodeHash(left, right)),
    ),
  )
}
