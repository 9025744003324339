import { type MeasureId, measures } from '#shared/measures/all.ts'
import type { SurveysTold } from '#shared/ledger/sheet.ts'
import type { Db } from '../db/connect.ts'
import { answerFrom } from '../publications/answer.ts'
import { dayAfter } from '../publications/grid.ts'
import { findPublication } from '../publications/queries.ts'
import { fieldsOf } from './count.ts'

/** What citizens answered, as the top of the board tells it. */
const asked = [
  'resolutionConfirmed',
  'resolutionGap',
  'satisfactionRate',
  'surveyCoverage',
] as const satisfies MeasureId[]

/**
 * As it was published of the whole city on a local day, or on the newest one that is; undefined where nothing was.
 * The rounding is that of the publication, and so are its versions: a leaf tells no more than everybody was told.
 */
export async function surveysTold(db: Db, day?: string): Promise<SurveysTold | undefined> {
  const dates = day === undefined ? {} : { startsOn: day, endsOn: dayAfter(day) }
  const found = await findPublication(db, { kind: 'surveys', dimension: null, days: 1, ...dates })
  if (!found) return undefined
  const { columns, totals, versions } = answerFrom(found, { measures: asked })
  const told = asked.map((id) => {
    const version = versions[id] ?? measures[id].version
    return [id, { ...fieldsOf(id, { columns, totals }), version }] as const
  })
  const { startsOn, endsOn, seq } = found
  return { days: { start: startsOn, end: endsOn }, seq, measures: Object.fromEntries(told) }
}

/** Those of a sheet: published once, they are never told otherwise. */
export function surveysIn<T>(told: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(told).filter(([id]) => (asked as readonly string[]).includes(id)),
  )
}
