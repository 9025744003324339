import type { LogReader } from './read-log.ts'
import { entriesIn, hashesOf, TILE, widthOf } from './tile.ts'

export interface ReadBundle {
  width: number
  entries: Uint8Array[]
  /** What the log says that they are hashed to; undefined where it was not asked. */
  hashes: Uint8Array[] | undefined
}

interface Asked {
  from: number
  to: number
  withTiles?: boolean
}

/** Bundles that are on their way at once. */
const AHEAD = 8

/** Bundles in their order, from the one that has leaf `from`; the next ones come while one is taken. */
export async function* readAhead(reader: LogReader, { from, to, withTiles }: Asked) {
  const coming: Promise<ReadBundle>[] = []
  let next = Math.floor(from / TILE)
  const end = from < to ? Math.ceil(to / TILE) : next
  while (next < end || coming.length > 0) {
    while (next < end && coming.length < AHEAD) coming.push(ask(next++))
    yield await coming.shift()!
  }

  function ask(index: number): Promise<ReadBundle> {
    const width = widthOf({ level: 0, index }, to)
    const bundle = Promise.all([
      reader.tile({ level: 'entries', index, width }),
      withTiles ? reader.tile({ level: 0, index, width }) : undefined,
    ]).then(([entries, tile]) => ({
      width,
      entries: entriesIn(entries),
      hashes: tile && hashesOf(tile),
    }))
    // Who awaits it is told; until then it may fail unheard.
    bundle.catch(() => {})
    return bundle
  }
}
