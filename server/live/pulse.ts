import { MINUTE } from '#shared/time.ts'
import type { Pulse, SourceState, Uncompared } from '#shared/wire.ts'
import type { Source } from '../sources/queries.ts'
import { isSilent } from '../sources/silence.ts'
import type { Engine } from './engine.ts'

export function pulseOf(engine: Engine, uncompared: Uncompared | undefined): Pulse {
  return {
    seq: engine.at[0],
    asOf: engine.asOf,
    now: engine.now,
    sources: engine.sources
      .filter((source) => source.disabledAt === null)
      .map((source) => stateOf(source, engine.databaseNow)),
    edition: engine.edition,
    ...(uncompared && { uncompared }),
  }
}

/**
 * Rounded up to the quarter hour: a source is often one channel, and beside totals that tick its exact
 * times would tell by which channel a single ticket came (I8).
 */
const COARSE = 15 * MINUTE

function stateOf(source: Source, now: number): SourceState {
  const coarse = (at: number | null) =>
    at === null
      ? null
      : Math.min(Math.ceil(at / COARSE) * COARSE, Math.floor(now / MINUTE) * MINUTE)
  return {
    name: source.name,
    kind: source.kind,
    heardAt: coarse(source.heardAt),
    newestAt: coarse(source.newestAt),
    silent: isSilent(source, now),
  }
}
