import type { ConsultationLine } from '#shared/consultations/told.ts'
import { DAY } from '#shared/time.ts'
import { splitKey, type Cell, type ViewState } from '#shared/view.ts'
import { cellReader } from '../board/read-view.ts'

/** As many as can be told apart. */
const MOST = 3
/** No further back are numbers held live, with days to spare. */
const HELD = 390 * DAY

/** What opened then is counted live; `now` is the city's. */
export const isHeldLive = (opensAt: number, now: number): boolean => opensAt > now - HELD

type Line = Pick<ConsultationLine, 'code' | 'agency' | 'opensAt' | 'closesAt' | 'titles'>

/** The newest of those that the same body opened before; of the whole city where it opened none. */
export function earlierOf<Other extends Line>(
  own: Line,
  all: readonly Other[],
  now: number,
): Other[] {
  const before = all.filter(({ opensAt }) => opensAt < own.opensAt && isHeldLive(opensAt, now))
  const ofBody = before.filter(({ agency }) => agency !== null && agency === own.agency)
  return (ofBody.length > 0 ? ofBody : before)
    .toSorted((one, other) => other.opensAt - one.opensAt)
    .slice(0, MOST)
}

export const curveMeasures = ['people', 'commentsPublished'] as const
export type CurveMeasure = (typeof curveMeasures)[number]

interface Reading {
  /** The column that is read. */
  column: string
  isoDate: (at: number) => string
  /** The city's now. */
  now: number
}

/** What came on each day since the opening: 0 where nothing did, and none of days that have not come. */
export function daysSince(
  { code, opensAt, closesAt }: Line,
  view: ViewState | undefined,
  { column, isoDate, now }: Reading,
): Cell[] {
  if (!view) return []
  const dayOf = (at: number) => Math.round(Date.parse(isoDate(at)) / DAY)
  const first = dayOf(opensAt)
  const read = cellReader(view)
  const days = Array.from<Cell>({ length: dayOf(Math.min(now, closesAt)) - first + 1 }).fill(0)
  for (const row of view.rows) {
    const [of, step] = stepOf(row[0] ?? '', code)
    const index = dayOf(Date.parse(step)) - first
    if (of === code && index in days) days[index] = read(row, column) ?? 0
  }
  return days
}

/** A row of one consultation alone is called by its day, else by both. */
const stepOf = (key: string, code: string): [of: string, step: string] =>
  key.includes(' ') ? splitKey(key) : [code, key]
