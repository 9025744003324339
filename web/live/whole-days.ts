import { DAY } from '#shared/time.ts'

/** Whole local days, as dates; the last day is the one before `end`. */
export interface WholeDays {
  start: string
  end: string
}

/** Windows of every length count from Monday, 5 January 1970, as the server's do. */
const ORIGIN = Date.UTC(1970, 0, 5)

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** The last window of so many days on the grid that is over when the local date is `today`. */
export function newestWindow(days: number, today: string): WholeDays {
  const passed = Math.floor((Date.parse(today) - ORIGIN) / DAY)
  const endAt = ORIGIN + Math.floor(passed / days) * days * DAY
  return { start: dateOf(endAt - days * DAY), end: dateOf(endAt) }
}

/** The window of the same length just before. */
export function windowBefore({ start, end }: WholeDays): WholeDays {
  const length = Date.parse(end) - Date.parse(start)
  return { start: dateOf(Date.parse(start) - length), end: start }
}

export const isSameDays = (a: WholeDays, b: WholeDays): boolean =>
  a.start === b.start && a.end === b.end
