import { DAY } from '#shared/time.ts'
import type { ConsultationRow } from '../consultations/consultation-queries.ts'
import type { Engine } from '../live/engine.ts'

/** Published comments on one provision. */
export interface Said {
  comments: number
  support: number
  oppose: number
  amend: number
}

/**
 * How much was said on each provision, by its key, as the cube counts it now: no comment is read. Empty where the
 * cube does not hold the days of the consultation any more.
 */
export function saidIn(
  engine: Engine,
  { code, opensAt, closesAt }: Pick<ConsultationRow, 'code' | 'opensAt' | 'closesAt'>,
) {
  const { timeZone } = engine.terms.calendar
  const day = (at: number) =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString()
  const question = engine.understand({
    measures: ['commentsPublished', 'stance'],
    by: 'provision',
    window: `${day(opensAt)}/${day(closesAt + DAY)}`,
    filters: { consultation: [code] },
  })
  if (!engine.holds(question)) return new Map<string, Said>()
  const { columns, rows } = engine.answer(question).state('')
  const place = (id: string) => columns.findIndex((column) => column.id === id)
  const at = {
    comments: place('commentsPublished'),
    support: place('stance.support'),
    oppose: place('stance.oppose'),
    amend: place('stance.amend'),
  }
  return new Map(
    rows.map((row) => {
      const count = (column: number) => Number(row[column] ?? 0)
      const { comments, support, oppose, amend } = at
      const said: Said = {
        comments: count(comments),
        support: count(support),
        oppose: count(oppose),
        amend: count(amend),
      }
      return [String(row[0]), said]
    }),
  )
}
