import { minuteOf } from '#shared/time.ts'
import type { Dimension } from '#shared/ticket.ts'
import type { ClockMode } from '../cube/clock.ts'
import type { Db } from '../db/connect.ts'
import { policyChangedAt, policyTimes } from './queries.ts'

/**
 * The UTC minute from which on a dimension is closed; never open is since ever. While it was open its
 * exact counts were public: a window that begins before would be told beside them.
 */
export async function closedSince(db: Db, dimension: Dimension, clock: ClockMode): Promise<number> {
  const versions = await policyTimes(db)
  const lastOpen = versions.findLastIndex(({ opened }) => opened.includes(dimension))
  if (lastOpen < 0) return -Infinity
  const closing = versions[lastOpen + 1]
  if (!closing) return Infinity
  if (clock === 'database') return minuteOf(closing.setAt) + 1
  return minuteOf((await policyChangedAt(db)) ?? 0) + 1
}
