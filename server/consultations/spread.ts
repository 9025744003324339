import type { SpreadRow, ToldSpread } from '#shared/consultations/told.ts'
import { DAY } from '#shared/time.ts'
import { NONE } from '#shared/view.ts'
import type { Engine } from '../live/engine.ts'
import type { ConsultationRow } from './consultation-queries.ts'

const measures = {
  received: 'commentsReceived',
  published: 'commentsPublished',
  withheld: 'commentsWithheld',
  distinct: 'commentsDistinct',
} as const

type Told = Pick<ConsultationRow, 'code' | 'opensAt' | 'closesAt'>
type By = keyof ToldSpread

/** By what comments came, as the cube counts it now. Empty where it does not hold the days of the consultation any more. */
export function spreadOf(engine: Engine, row: Told): ToldSpread {
  const by = (axis: By) => rowsBy(engine, row, axis)
  return { channel: by('channel'), language: by('language'), area: by('area') }
}

function rowsBy(engine: Engine, { code, opensAt, closesAt }: Told, by: By): SpreadRow[] {
  const { calendar, directory } = engine.terms
  const day = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at)
      .toZonedDateTimeISO(calendar.timeZone)
      .toPlainDate()
      .toString()
  const question = engine.understand({
    measures: Object.values(measures),
    by,
    window: `${day(opensAt)}/${day(closesAt + DAY)}`,
    filters: { consultation: [code] },
  })
  if (!engine.holds(question)) return []
  const names = new Map(directory.membersOf(by).map((member) => [member.code, member.names]))
  const { columns, rows } = engine.answer(question).state('')
  return rows
    .map((row) => {
      const count = (id: string) => Number(row[columns.findIndex((one) => one.id === id)] ?? 0)
      const key = row[0] ?? NONE
      return {
        code: key === NONE ? null : key,
        names: names.get(key) ?? {},
        received: count(measures.received),
        published: count(measures.published),
        withheld: count(measures.withheld),
        distinct: count(measures.distinct),
      }
    })
    .sort((one, other) => other.received - one.received)
}
