import { MINUTE } from '#shared/time.ts'
import type { Break } from '#shared/view.ts'
import type { ClockMode } from '../cube/clock.ts'
import type { Window } from '../cube/window.ts'
import type { Change } from '../definitions/queries.ts'

/** Where a measure's series breaks, by the deployment's clock. */
export function breaksOf(changes: readonly Change[], clock: ClockMode): Break[] {
  return changes.map(({ newestAt, at, ...change }) => ({
    ...change,
    at: new Date(clock === 'events' ? (newestAt ?? 0) : at).toISOString(),
  }))
}

/** Those of some measures that lie in a window. */
export function breaksIn(
  breaks: readonly Break[],
  measures: readonly string[],
  { start, end }: Window,
): Break[] {
  return breaks.filter(({ measure, at }) => {
    const minute = Date.parse(at) / MINUTE
    return measures.includes(measure) && minute >= start && minute < end
  })
}
