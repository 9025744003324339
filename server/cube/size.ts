import { type Breakdown, isTimeBreakdown, type TimeBreakdown, type ViewSpec } from '#shared/view.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import type { Calendar } from './calendar.ts'
import { isPreset, lengthOf, readRange } from './window.ts'

/** A view over time may not have more rows than this: a chart has fewer pixels. */
const MAX_STEPS = 3000
/** Of all members over time: a snapshot of so many stays below what may wait for a slow reader. */
const MAX_ROWS = 10_000

const MINUTES: Record<TimeBreakdown, number> = { minute: 1, hour: 60, day: 1440 }

interface Terms {
  directory: Directory
  calendar: Calendar
}

/** Throws a 400 for a window that cannot be read, and for more rows than a view may have. */
export function checkSize(spec: ViewSpec, terms: Terms): void {
  const length = readLength(spec, terms.calendar)
  const { by, over } = spec
  if (over !== undefined) return refuseRows(rowsOver({ ...spec, over }, length, terms.directory))
  if (!isTimeBreakdown(by) || length / MINUTES[by] <= MAX_STEPS) return
  throw new HttpError(400, `By ${by} this window has more than ${MAX_STEPS} rows.`, { path: 'by' })
}

/** Throws a 400 when so many rows of members over time are more than a view may have. */
export function refuseRows(rows: number): void {
  if (rows <= MAX_ROWS) return
  const why = `Members times steps would be ${rows} rows, of at most ${MAX_ROWS}. Ask for a shorter window, longer steps or fewer members.`
  throw new HttpError(400, why, { path: 'over' })
}

function readLength({ window }: ViewSpec, calendar: Calendar): number {
  try {
    return isPreset(window) ? lengthOf(window) : spanOf(readRange(window, calendar))
  } catch (error) {
    const reason = error instanceof RangeError ? error.message : 'It is no range.'
    throw new HttpError(400, `The window ${window} cannot be read. ${reason}`, { path: 'window' })
  }
}

const spanOf = ({ start, end }: { start: number; end: number }): number => end - start

function rowsOver(
  { by, over, filters = {} }: ViewSpec & { over: TimeBreakdown },
  length: number,
  directory: Directory,
): number {
  const dimension = dimensionOf(by)
  const kept = filters[dimension]
  // Of tickets that do not state the dimension there is a member too.
  const members = kept ? new Set(kept).size : directory.membersOf(dimension).length + 1
  return members * (Math.ceil(length / MINUTES[over]) + 1)
}

function dimensionOf(by: Breakdown | undefined) {
  if (by !== undefined && !isTimeBreakdown(by)) return by
  const why = 'over goes with by=DIMENSION: a row for each of its members and steps of time.'
  throw new HttpError(400, why, { path: 'over' })
}
