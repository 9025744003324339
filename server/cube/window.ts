import { MINUTE, minuteOf } from '#shared/time.ts'
import { presetWindows, type ViewSpec } from '#shared/view.ts'
import type { Calendar } from './calendar.ts'

/** [start, end) in UTC minutes. */
export interface Window {
  start: number
  end: number
}

const HOUR = 60
const DAY = 24 * HOUR
const lengths: Record<string, number> = {
  '1h': HOUR,
  '24h': DAY,
  '7d': 7 * DAY,
  '30d': 30 * DAY,
  '90d': 90 * DAY,
}

/** Where a window lies when the clock stands at `minute`. Nothing past `minute` has happened. */
export function windowAt(
  spec: Pick<ViewSpec, 'window' | 'period'>,
  minute: number,
  calendar: Calendar,
): Window {
  const isPrevious = spec.period === 'previous'
  if (spec.window === 'today')
    return isPrevious ? yesterday(minute, calendar) : today(minute, calendar)
  const length = lengths[spec.window]
  if (length !== undefined) {
    const end = isPrevious ? minute - length : minute
    return { start: end - length, end }
  }
  const range = readRange(spec.window, calendar)
  const { start, end } = isPrevious
    ? { start: 2 * range.start - range.end, end: range.start }
    : range
  return { start: Math.min(start, minute), end: Math.min(end, minute) }
}

/** Minutes a preset window may have; the longest local day has 25 hours. */
export const lengthOf = (preset: string): number => lengths[preset] ?? DAY + HOUR

function today(minute: number, calendar: Calendar): Window {
  return { start: calendar.binOf('day', minute - 1), end: minute }
}

/** The day before, up to the same time since midnight. */
function yesterday(minute: number, calendar: Calendar): Window {
  const midnight = calendar.binOf('day', minute - 1)
  const start = calendar.binOf('day', midnight - 1)
  return { start, end: Math.min(start + (minute - midnight), midnight) }
}

/** `START/END`, each a local date or a UTC minute. Throws a RangeError when it is no range. */
export function readRange(text: string, calendar: Calendar): Window {
  const [start, end] = text.split('/').map((side) => readSide(side, calendar))
  if (start === undefined || end === undefined || !(start < end)) {
    throw new RangeError('A range must end after it starts.')
  }
  return { start, end }
}

function readSide(side: string, calendar: Calendar): number {
  if (!side.includes('T')) return calendar.startOf(side)
  const at = Date.parse(side)
  if (Number.isNaN(at)) throw new RangeError(`${side} is no time.`)
  return minuteOf(at)
}

export const isPreset = (window: string): boolean =>
  (presetWindows as readonly string[]).includes(window)

/** A UTC minute as ISO text, to the minute. */
export const isoMinute = (minute: number): string =>
  `${new Date(minute * MINUTE).toISOString().slice(0, 16)}Z`

/** The same for many that follow each other: a date is written out once. */
export function isoMinutes(): (minute: number) => string {
  let midnight = NaN
  let date = ''
  return (minute) => {
    const at = minute - midnight
    if (at >= 0 && at < DAY)
      return `${date}${twoDigits(Math.floor(at / HOUR))}:${twoDigits(at % HOUR)}Z`
    midnight = Math.floor(minute / DAY) * DAY
    const text = isoMinute(minute)
    date = text.slice(0, 11)
    return text
  }
}

const twoDigits = (n: number): string => (n < 10 ? `0${n}` : String(n))
