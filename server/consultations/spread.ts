import type { SpreadRow, ToldSpread } from '#shared/consultations/told.ts'
import { NONE } from '#shared/view.ts'
import type { Terms } from '../live/terms.ts'
import type { ConsultationRow } from './consultation-queries.ts'
import { type CountDays, daysOf } from './days-of.ts'

const measures = {
  received: 'commentsReceived',
  published: 'commentsPublished',
  withheld: 'commentsWithheld',
  distinct: 'commentsDistinct',
} as const

type Told = Pick<ConsultationRow, 'code' | 'opensAt' | 'closesAt'>
type By = keyof ToldSpread

/** By what comments came within the days of the consultation. */
export async function spreadOf(count: CountDays, terms: Terms, row: Told): Promise<ToldSpread> {
  const by = (axis: By) => rowsBy(count, { terms, row, by: axis })
  const [channel, language, area] = await Promise.all([by('channel'), by('language'), by('area')])
  return { channel, language, area }
}

interface Asked {
  terms: Terms
  row: Told
  by: By
}

async function rowsBy(count: CountDays, { terms, row, by }: Asked): Promise<SpreadRow[]> {
  const { columns, rows } = await count({
    measures: Object.values(measures),
    by,
    window: daysOf(row, terms),
    filters: { consultation: [row.code] },
  })
  const names = new Map(terms.directory.membersOf(by).map(({ code, names }) => [code, names]))
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
