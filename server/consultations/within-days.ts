import type { Db } from '../db/connect.ts'
import type { ConsultationRow } from './consultation-queries.ts'

export type Days = Pick<ConsultationRow, 'opensAt' | 'closesAt'>

/** What is wrong with a comment that came at `receivedAt`; undefined: it came within the days. */
export function outsideDays({ opensAt, closesAt }: Days, receivedAt: number) {
  const path = 'receivedAt'
  if (receivedAt < opensAt) return { path, error: 'lies before the consultation opens' }
  if (receivedAt >= closesAt) return { path, error: 'lies after the consultation has closed' }
  return undefined
}

/** By their ids; none of consultations that have not been told. */
export async function daysIn(db: Db, ids: readonly number[]): Promise<Map<number, Days>> {
  const rows = await db
    .selectFrom('consultation')
    .select(['id', 'opensAt', 'closesAt'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** The same, which stay so until the transaction ends: whoever tells of one of them waits. */
export async function lockDays(trx: Db, ids: readonly number[]): Promise<Map<number, Days>> {
  await trx
    .selectFrom('member')
    .select('id')
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forKeyShare()
    .execute()
  return daysIn(trx, ids)
}
