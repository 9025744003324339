import type { Calendar } from '../cube/calendar.ts'
import type { Archive } from './archive.ts'
import { dateAt, dayAfter, type GridWindow, windowsEndingOn } from './grid.ts'
import type { Subject } from './subjects.ts'

interface Reach {
  archive: Archive
  subject: Subject
  /** Windows that begin before this UTC minute are not published. */
  since: number
}

/** The first local date at whose midnight a window may end that is not published yet. */
export function nextDate({ archive, subject, since }: Reach, calendar: Calendar): string {
  const newest = archive.newest(subject)?.end ?? -Infinity
  return dayAfter(dateAt(Math.max(newest, since), calendar))
}

/**
 * The windows that end on a date and may be published: later than all that was, because what is safe
 * to tell depends on what was told before, and beside none of the same length.
 */
export function windowsDue(
  { archive, subject, since }: Reach,
  date: string,
  calendar: Calendar,
): GridWindow[] {
  const newest = archive.newest(subject)?.end ?? -Infinity
  return windowsEndingOn(date, calendar).filter(
    ({ days, start, end }) =>
      end > newest && start >= Math.max(since, archive.endOf(subject, days)),
  )
}
