import { type RawBuilder, sql } from 'kysely'
import { appointmentsOf } from '../appointments/queries.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'
import { HttpError } from '../http/errors.ts'
import type { Cursor } from './cursor.ts'

/** For whom somebody answers: members under every id; null: every agency. */
export interface Desk {
  agencies: number[] | null
  isSecretariat: boolean
}

/** By all appointments of a person that are current. Throws a 403 where none is to answer. */
export async function deskOf(db: Db, person: string, directory: Directory): Promise<Desk> {
  const held = (await appointmentsOf(db, person)).filter(({ standing }) => standing === 'current')
  const jurisdictions = held
    .filter(({ state }) => state.role === 'official')
    .map(({ state }) => state.jurisdiction.agencies)
  const isSecretariat = held.some(({ state }) => state.role === 'secretariat')
  if (jurisdictions.length === 0 && !isSecretariat) {
    throw new HttpError(403, 'The queue is for officials and the secretariat.')
  }
  if (jurisdictions.includes(null)) return { agencies: null, isSecretariat }
  const roots = new Set(jurisdictions.flatMap((ids) => ids!.map(directory.rootOf)))
  return { agencies: [...roots].flatMap((root) => directory.idsOf(root)), isSecretariat }
}

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
