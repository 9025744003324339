import { MINUTE } from '#shared/time.ts'
import type { StreamPart } from '#shared/wire.ts'

/** Of a first message of so many it is not known whether it tells all of its time. */
const FULL = 50

/** So many events at one instant by the deployment's clock. */
interface Arrival {
  at: number
  n: number
}

/** What came in of late, and since when all of it is known. */
export interface Arrivals {
  since: number
  list: readonly Arrival[]
}

/** What was told before the reader came happened when it says; what comes now, comes now. */
export function countPart(arrivals: Arrivals, part: StreamPart, now: number): Arrivals {
  const { events, more, isFirst } = part
  if (isFirst) {
    const list = events.map(({ at }) => ({ at, n: 1 }))
    const oldest = Math.min(...events.map(({ at }) => at))
    return { since: events.length < FULL ? -Infinity : oldest, list }
  }
  const recent = arrivals.list.filter(({ at }) => at > now - MINUTE)
  return { ...arrivals, list: [...recent, { at: now, n: events.length + more }] }
}

/** Events of the last minute; undefined while less than a minute is known. */
export function perMinute({ since, list }: Arrivals, now: number): number | undefined {
  const from = now - MINUTE
  if (since > from) return undefined
  return list.reduce((sum, { at, n }) => (at > from && at <= now ? sum + n : sum), 0)
}
