import type { Pulse, SourceState } from '#shared/wire.ts'
import type { Source } from '../sources/queries.ts'
import { isSilent } from '../sources/silence.ts'
import type { Engine } from './engine.ts'

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

function stateOf(source: Source, now: number): SourceState {
  const { name, kind, heardAt, newestAt } = source
  return { name, kind, heardAt, newestAt, silent: isSilent(source, now) }
}
