import { Broken } from './break.ts'
import { isEqual } from './bytes.ts'
import { rootOf } from './merkle.ts'
import type { LogReader } from './read-log.ts'
import { hashesOf, TILE, tilePath, widthOf } from './tile.ts'

/**
 * Throws where the tiles above those of leaves are not what these make: `tops` are the hashes of the whole ones. Every
 * leaf may be right then, and proofs made of these tiles are not.
 */
export async function requireTilesAbove(
  reader: LogReader,
  tops: readonly Uint8Array[],
  size: number,
): Promise<void> {
  let row = tops
  for (let level = 1; row.length > 0; level++) {
    const above: Uint8Array[] = []
    for (let index = 0; index * TILE < row.length; index++) {
      const own = row.slice(index * TILE, (index + 1) * TILE)
      const name = { level, index, width: widthOf({ level, index }, size) }
      const told = hashesOf(await reader.tile(name))
      const other = own.findIndex((hash, at) => !told[at] || !isEqual(hash, told[at]))
      if (other >= 0 || told.length !== own.length) {
        const leaf = (index * TILE + Math.max(0, other)) * TILE ** level
        const says = `The tile ${tilePath(name)} was changed: it is not what the leaves make.`
        throw new Broken('edited', leaf, says)
      }
      if (own.length === TILE) above.push(rootOf(own))
    }
    row = above
  }
}
