import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connect.ts'
import type { Cursor } from './cursor.ts'
import type { Desk } from './desk.ts'

/** What awaits this desk, in parts that share no flag: answers; of the secretariat also its word on what is disputed. */
export function awaits({ agencies, isSecretariat }: Desk): RawBuilder<boolean>[] {
  const ids = `{${agencies?.join() ?? ''}}`
  return [
    ...(agencies === null ? [sql<boolean>`owner is not null and ${AWAITS_ANSWER}`] : []),
    ...(agencies?.length ? [sql<boolean>`owner = any(${ids}::int[]) and ${AWAITS_ANSWER}`] : []),
    ...(isSecretariat ? [sql<boolean>`owner is null and ${AWAITS_ANSWER}`, DISPUTED] : []),
  ]
}

/** As the indexes have it. */
const AWAITS_ANSWER = sql`standing in ('open', 'acknowledged')`
const DISPUTED = sql<boolean>`standing = 'disputed'`

export interface QueueCounts {
  total: number
  overdue: number
  /** Of the rest. */
  dueToday: number
  /** Not acknowledged. */
  new: number
}

interface Day {
  now: number
  /** When the local day ends. */
  dayEnd: number
}

export async function countQueue(
  db: Db,
  parts: readonly RawBuilder<boolean>[],
  { now, dayEnd }: Day,
): Promise<QueueCounts> {
  const awaited = parts.map((part) => sql`select due_by, standing from flag where ${part}`)
  const { rows } = await sql<QueueCounts>`
    select count(*) as total,
      count(*) filter (where due_by < ${now}::bigint) as overdue,
      count(*) filter (where due_by >= ${now}::bigint and due_by <= ${dayEnd}::bigint) as due_today,
      count(*) filter (where standing = 'open') as new
    from (${sql.join(awaited, sql` union all `)}) as awaited
  `.execute(db)
  return rows[0]!
}

/** The first instant of the next local day. */
export function dayEndOf(now: number, timeZone: string): number {
  const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone)
  return local.startOfDay().add({ days: 1 }).startOfDay().epochMilliseconds
}

/** The flags of a page, found by its part of each order; to be read by id. */
export function firstOf(
  parts: readonly RawBuilder<boolean>[],
  { after, limit }: { after: Cursor | undefined; limit: number },
): RawBuilder<boolean> {
  const behind = after
    ? sql`and (due_by, id) > (${after.dueBy}::bigint, ${after.id}::bigint)`
    : sql``
  const first = parts.map(
    (part) => sql`(select due_by, id from flag where ${part} ${behind}
      order by due_by, id limit ${limit}::int)`,
  )
  return sql<boolean>`id = any (array(
    select id from (${sql.join(first, sql` union all `)}) as first
    order by due_by, id limit ${limit}::int))`
}
