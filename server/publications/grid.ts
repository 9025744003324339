import { MINUTE } from '#shared/time.ts'
import type { Calendar } from '../cube/calendar.ts'

/** Whole local days that a publication covers. */
export const lengths = [1, 7, 30, 90] as const
export type Days = (typeof lengths)[number]

/** Windows of all lengths count from Monday, 5 January 1970: a week begins on Mondays, three times 30 days are 90. */
const ORIGIN = Temporal.PlainDate.from('1970-01-05')

/** Whole local days on the fixed grid; two of one length never overlap. */
export interface GridWindow {
  days: Days
  /** Local dates; the last day is the one before `endsOn`. */
  startsOn: string
  endsOn: string
  /** UTC minutes, the end not included. */
  start: number
  end: number
}

/** The windows that end at the local midnight that begins `date`, the shortest first. */
export function windowsEndingOn(date: string, calendar: Calendar): GridWindow[] {
  const endsOn = Temporal.PlainDate.from(date)
  const since = ORIGIN.until(endsOn).days
  return lengths
    .filter((days) => since % days === 0)
    .map((days) => {
      const startsOn = endsOn.subtract({ days }).toString()
      const [start, end] = [calendar.startOf(startsOn), calendar.startOf(date)]
      return { days, startsOn, endsOn: date, start, end }
    })
}

/** The local date in which a UTC minute lies. */
export function dateAt(minute: number, { timeZone }: Calendar): string {
  return Temporal.Instant.fromEpochMilliseconds(minute * MINUTE)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .toString()
}

export const dayAfter = (date: string): string =>
  Temporal.PlainDate.from(date).add({ days: 1 }).toString()

/** Which of all 90-day windows holds the day before a local date. */
export function blockOf(endsOn: string): number {
  return Math.floor((ORIGIN.until(Temporal.PlainDate.from(endsOn)).days - 1) / 90)
}

/** Which windows a question names: those of a length, or one from a local date to another; undefined for no such. */
export function askedWindow(
  window: string,
): { days: Days } | { startsOn: string; endsOn: string } | undefined {
  const days = lengths.find((length) => window === `${length}d`)
  if (days !== undefined) return { days }
  const [startsOn, endsOn] = window.split('/')
  if (endsOn === undefined || window.includes('T')) return undefined
  return { startsOn: startsOn!, endsOn }
}
