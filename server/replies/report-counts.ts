import type { WithholdReason } from '#shared/consultations/comment.ts'
import { type Uncompared, waitingIn } from '#shared/wire.ts'
import type { ConsultationRow } from '../consultations/consultation-queries.ts'
import { type CountDays, daysOf } from '../consultations/days-of.ts'
import { withheldByReason } from '../consultations/reading-queries.ts'
import type { Db } from '../db/connect.ts'
import type { Terms } from '../live/terms.ts'

/** Who took part in a consultation, and what came: always all four numbers of comments. */
export interface Counts {
  people: number
  organisations: number
  /** Who wrote on paper. */
  paper: number
  received: number
  published: number
  distinct: number
  withheld: number
  withheldFor: readonly { reason: WithholdReason; comments: number }[]
  /** All that is published was compared with the others: else more may be distinct. */
  isCompared: boolean
}

interface Counting {
  db: Db
  count: CountDays
  terms: Terms
  /** What is still to be compared, of all consultations. */
  uncompared: Uncompared | undefined
}

/** The same numbers as its page shows. */
export async function countsIn(
  { db, count, terms, uncompared }: Counting,
  row: ConsultationRow,
): Promise<Counts> {
  const { columns, totals } = await count({
    measures: [
      ...(['people', 'commentsReceived', 'commentsPublished'] as const),
      ...(['commentsDistinct', 'commentsWithheld'] as const),
    ],
    window: daysOf(row, terms),
    filters: { consultation: [row.code] },
  })
  const cell = (name: string) => Number(totals[columns.findIndex(({ id }) => id === name)] ?? 0)
  return {
    people: cell('people'),
    organisations: cell('people.organisations'),
    paper: cell('people.paper'),
    received: cell('commentsReceived'),
    published: cell('commentsPublished'),
    distinct: cell('commentsDistinct'),
    withheld: cell('commentsWithheld'),
    withheldFor: await withheldByReason(db, row.id),
    isCompared: waitingIn(uncompared, row.code) === undefined,
  }
}
