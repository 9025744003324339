import { DAY } from '#shared/time.ts'
import type { ViewSpec, ViewState } from '#shared/view.ts'
import type { Terms } from '../live/terms.ts'

/** Counts what is asked of the days of a consultation, however long ago they were. */
export type CountDays = (spec: ViewSpec) => Promise<Pick<ViewState, 'columns' | 'rows' | 'totals'>>

interface Term {
  opensAt: number
  closesAt: number
}

/** All local days of a consultation or a poll, as its page asks for them. */
export function daysOf({ opensAt, closesAt }: Term, { calendar }: Pick<Terms, 'calendar'>): string {
  const day = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at)
      .toZonedDateTimeISO(calendar.timeZone)
      .toPlainDate()
      .toString()
  return `${day(opensAt)}/${day(closesAt + DAY)}`
}
