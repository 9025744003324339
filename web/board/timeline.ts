import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import type { PresetWindow, TimeBreakdown } from '#shared/view.ts'

/** One minute, hour or day of a window. */
export interface Step {
  startAt: number
  /** Not whole: still running, or cut by the window's start. Never to be read as a drop. */
  part: 'whole' | 'cut' | 'running'
}

/** Whether enough of a window is over to be compared: a day in its first hour is not. */
export const isComparable = (steps: readonly Step[]): boolean =>
  steps.some(({ part }) => part === 'whole')

const LENGTHS: Record<PresetWindow, number | undefined> = {
  '1h': HOUR,
  '24h': DAY,
  today: undefined,
  '7d': 7 * DAY,
  '30d': 30 * DAY,
  '90d': 90 * DAY,
}

/**
 * The steps of a time view, given its keys. A view's `minute` is the end of the running minute, so the
 * last step always runs; the first is cut when the window does not begin where a step begins.
 */
export function timeline(
  keys: readonly (string | null)[],
  window: PresetWindow,
  by: TimeBreakdown,
  minute: number,
  timeZone: string,
): Step[] {
  const length = LENGTHS[window]
  const startAt = length === undefined ? -Infinity : minute * MINUTE - length
  return keys.map((key, index) => {
    const at = Date.parse(key ?? '')
    if (index === keys.length - 1) return { startAt: at, part: 'running' }
    const isCut = index === 0 && (at < startAt || !isBoundary(at, by, timeZone))
    return { startAt: at, part: isCut ? 'cut' : 'whole' }
  })
}

/** Whether a local hour or day begins at an instant; every minute does. */
function isBoundary(at: number, by: TimeBreakdown, timeZone: string): boolean {
  if (by === 'minute') return true
  const { hour, minute } = localTime(at, timeZone)
  return minute === 0 && (by === 'hour' || hour === 0)
}

const clocks = new Map<string, Intl.DateTimeFormat>()

export function localTime(at: number, timeZone: string): { hour: number; minute: number } {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en', {
      hour: 'numeric',
      minute: 'numeric',
      hourCycle: 'h23',
      timeZone,
    })
  clocks.set(timeZone, clock)
  const parts = clock.formatToParts(at)
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value)
  return { hour: read('hour'), minute: read('minute') }
}

/**
 * The instant a window begins at, or the one before it: a fixed length before its end, or where its first step begins.
 */
export function windowStart(
  firstKey: string | null | undefined,
  window: PresetWindow,
  minute: number,
  period?: 'previous',
): number | undefined {
  if (!firstKey) return undefined
  const length = LENGTHS[window]
  if (length === undefined) return Date.parse(firstKey)
  return minute * MINUTE - length * (period ? 2 : 1)
}
