import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import type { ViewSpec } from '#shared/view.ts'
import type { Calendar } from '../cube/calendar.ts'

/** [start, end) in UTC minutes. */
export interface Window {
  start: number
  end: number
}

const lengths: Record<string, number> = {
  '1h': HOUR / MINUTE,
  '24h': DAY / MINUTE,
  '7d': (7 * DAY) / MINUTE,
  '30d': (30 * DAY) / MINUTE,
  '90d': (90 * DAY) / MINUTE,
}

/** Where a preset window lay when the clock stood at `minute`; found apart from how the cube finds it. */
export function windowOf({ window, period }: ViewSpec, minute: number, calendar: Calendar): Window {
  if (window === 'today') return dayOf(minute, period, calendar)
  const length = lengths[window]!
  const end = period === undefined ? minute : minute - length
  return { start: end - length, end }
}

/** The local day so far, or the one before up to the same time since its midnight. */
function dayOf(minute: number, period: ViewSpec['period'], calendar: Calendar): Window {
  const midnight = calendar.binOf('day', minute - 1)
  if (period === undefined) return { start: midnight, end: minute }
  const start = calendar.binOf('day', midnight - 1)
  return { start, end: Math.min(start + minute - midnight, midnight) }
}
