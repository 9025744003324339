import { joined } from '#shared/ledger/bytes.ts'
import { HASH } from '#shared/ledger/merkle.ts'
import { TILE, type TileName } from '#shared/ledger/tile.ts'
import type { Db } from '../db/connect.ts'
import { leafEntries, leafTile, nodeTile } from './queries.ts'

/** So many are kept, of 8 kB each: 32 MB, all tiles of a million leaves. */
const KEPT = 4096

/** Reads tiles of hashes, each once: a wider one begins with what it was, as the log only grows. */
export function openTiles(db: Db) {
  const kept = new Map<string, Uint8Array>()

  async function read({ level, index, width }: TileName): Promise<Uint8Array> {
    const key = `${level} ${index}`
    const known = kept.get(key)
    if (known && known.length >= width * HASH) return known.subarray(0, width * HASH)
    const from = index * TILE
    const to = from + width
    const tile =
      level === 0
        ? await leafTile(db, from, to)
        : await nodeTile(db, { level: level as number, from, to })
    if (tile.length === width * HASH) keep(key, tile)
    return tile
  }

  function keep(key: string, tile: Uint8Array): void {
    if (kept.size >= KEPT) kept.delete(kept.keys().next().value!)
    kept.set(key, tile)
  }

  return read
}

/** Entries one after the other, each after its length in two bytes. */
export async function readBundle(db: Db, { index, width }: TileName): Promise<Uint8Array> {
  const entries = await leafEntries(db, index * TILE, index * TILE + width)
  return joined(
    ...entries.flatMap((entry) => [Uint8Array.of(entry.length >> 8, entry.length & 255), entry]),
  )
}
