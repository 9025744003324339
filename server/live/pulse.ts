import type { Pulse, SourceState } from '#shared/wire.ts'
import type { Source } from '../sources/queries.ts'
import type { Engine } from './engine.ts'

/** Read files are told once and then say nothing: their silence means nothing. */
export const FILE = 'file'

export function pulseOf(engine: Engine): Pulse {
  return {
    seq: engine.at[0],
    asOf: engine.asOf,
    now: engine.now,
    sources: engine.sources
      .filter((source) => source.disabledAt === null)
      .map((source) => stateOf(source, engine.databaseNow)),
    edition: engine.edition,
  }
}

export function stateOf(
  { name, kind, heardAt, newestAt, silentAfter }: Source,
  now: number,
): SourceState {
  const silent = kind !== FILE && heardAt !== null && heardAt < now - silentAfter * 1000
  return { name, kind, heardAt, newestAt, silent }
}
