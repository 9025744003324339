import { type CountDays, daysOf } from '../consultations/days-of.ts'
import type { ConsultationRow } from '../consultations/consultation-queries.ts'
import type { Terms } from '../live/terms.ts'

/** Published comments on one provision. */
export interface Said {
  comments: number
  support: number
  oppose: number
  amend: number
}

/** How much was said on each provision, by its key, within the days of the consultation. */
export async function saidIn(
  count: CountDays,
  terms: Terms,
  row: Pick<ConsultationRow, 'code' | 'opensAt' | 'closesAt'>,
): Promise<Map<string, Said>> {
  const { columns, rows } = await count({
    measures: ['commentsPublished', 'stance'],
    by: 'provision',
    window: daysOf(row, terms),
    filters: { consultation: [row.code] },
  })
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
