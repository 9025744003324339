import { sql } from 'kysely'
import type { WithholdReason } from '#shared/consultations/comment.ts'
import type { Db } from '../db/connect.ts'
import type { StatementRow } from './poll-queries.ts'

/** Of a poll, as they came: what people added and nobody has decided about. */
export function waitingStatements(
  db: Db,
  poll: number,
): Promise<Pick<StatementRow, 'code' | 'texts' | 'receivedAt'>[]> {
  return db
    .selectFrom('statement')
    .select(['code', 'texts', 'receivedAt'])
    .where('poll', '=', poll)
    .where('isPublished', '=', false)
    .where('reason', 'is', null)
    .orderBy('receivedAt')
    .orderBy('id')
    .limit(200)
    .execute()
}

/** The newest of those that people added and that were decided about. */
export function decidedStatements(
  db: Db,
  poll: number,
): Promise<Pick<StatementRow, 'code' | 'texts' | 'receivedAt' | 'reason'>[]> {
  return db
    .selectFrom('statement')
    .select(['code', 'texts', 'receivedAt', 'reason'])
    .where('poll', '=', poll)
    .where('sourceId', '=', 0)
    .where(({ or, eb }) => or([eb('isPublished', '=', true), eb('reason', 'is not', null)]))
    .orderBy('receivedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(50)
    .execute()
}

export async function countWaiting(db: Db, poll: number): Promise<number> {
  return (await waitingByPoll(db, [poll])).get(poll) ?? 0
}

/** How many wait, by the id of their poll. */
export async function waitingByPoll(
  db: Db,
  polls: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const { rows } = await sql<{ poll: number; n: number }>`
    select poll, count(*)::int as n from statement
    where poll = any(${[...polls]}::int[]) and not is_published and reason is null group by poll
  `.execute(db)
  return new Map(rows.map(({ poll, n }) => [poll, n]))
}

export type AddedStatement = Pick<StatementRow, 'id' | 'code' | 'texts' | 'isPublished' | 'reason'>

/** What people added on this server's own form: a source decides about its own statements itself. */
export function addedStatement(
  db: Db,
  poll: number,
  code: string,
): Promise<AddedStatement | undefined> {
  return db
    .selectFrom('statement')
    .select(['id', 'code', 'texts', 'isPublished', 'reason'])
    .where('poll', '=', poll)
    .where('code', '=', code)
    .where('sourceId', '=', 0)
    .executeTakeFirst()
}

/** False: it stands so already. */
export async function setModerated(
  db: Db,
  id: number,
  { isPublished, reason }: { isPublished: boolean; reason: WithholdReason | null },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('statement')
    .set({ isPublished, reason })
    .where('id', '=', id)
    .where(({ or, eb }) =>
      or([eb('isPublished', '!=', isPublished), eb('reason', 'is distinct from', reason)]),
    )
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
