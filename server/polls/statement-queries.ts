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

interface WaitingRow {
  poll: string
  titles: Record<string, string>
  id: string
  texts: Record<string, string>
  receivedAt: number
  /** Of all, however many are told. */
  total: number
}

/** Of all polls that this person decides about statements of (I9), as they came. */
export async function waitingWithin(db: Db, person: string, limit: number): Promise<WaitingRow[]> {
  const { rows } = await sql<WaitingRow>`
    select poll.code as poll, poll.titles, statement.code as id, statement.texts,
      statement.received_at, count(*) over ()::int as total
    from statement join poll on poll.id = statement.poll
    where not statement.is_published and statement.reason is null and statement.source_id = 0
      and exists (
        select from appointment where person_id = ${person} and role = 'secretariat'
          and may_act(appointment.id, ${person}::text, 'statement.moderated', nullif(poll.agency, 0),
            nullif(poll.area, 0), nullif(poll.category, 0), clock_timestamp())
      )
    order by statement.received_at, statement.id
    limit ${limit}
  `.execute(db)
  return rows
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
