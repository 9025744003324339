import { sql } from 'kysely'
import type { At, ViewSpec, ViewState } from '#shared/view.ts'
import type { Dimension } from '#shared/ticket.ts'
import { dimensions } from '#shared/ticket.ts'
import type { Db } from '../db/connect.ts'

export interface Request {
  id: number
  /** As the database gives them: not checked yet. */
  questions: unknown
}

/** What a process answered to the question in this place of the request, and where it then stood. */
export interface Answered {
  process: string
  at: At
  question: number
  answer: ViewState
}

export async function insertRequest(db: Db, questions: readonly ViewSpec[]): Promise<number> {
  const { id } = await db
    .insertInto('auditRequest')
    .values({ questions })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/**
 * False only where no process waits to be called: each keeps a connection on which it does nothing else. What a
 * connection does may be hidden from us.
 */
export async function isAnybodyListening(db: Db): Promise<boolean> {
  const { rows } = await sql<{ isAnybody: boolean }>`
    select exists (
      select from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()
        and (query ilike 'listen %' or query = '<insufficient privilege>')
    ) as is_anybody
  `.execute(db)
  return rows[0]!.isAnybody
}

/** Wakes every process that listens. */
export async function callForAnswers(db: Db): Promise<void> {
  await sql`notify audit`.execute(db)
}

/** Requests of the last minute with a higher id, in order. */
export function requestsAfter(db: Db, id: number): Promise<Request[]> {
  return db
    .selectFrom('auditRequest')
    .select(['id', 'questions'])
    .where('id', '>', id)
    .where('askedAt', '>', sql<number>`clock_timestamp() - interval '1 minute'`)
    .orderBy('id')
    .execute()
}

/** Resolves to false when nobody waits for it any more: the request is gone. */
export async function insertAnswer(
  db: Db,
  requestId: number,
  { process, at: [seq, minute], question, answer }: Answered,
): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into audit_answer (request_id, process, seq, minute, question, answer)
    select id, ${process}, ${seq}::bigint, ${minute}::bigint, ${question}::int, ${answer}::jsonb
    from audit_request where id = ${requestId}
  `.execute(db)
  return numAffectedRows !== 0n
}

/** How many answers each process has given. */
export async function countAnswers(db: Db, requestId: number): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('auditAnswer')
    .select(['process', (count) => count.fn.countAll<number>().as('n')])
    .where('requestId', '=', requestId)
    .groupBy('process')
    .execute()
  return new Map(rows.map(({ process, n }) => [process, n]))
}

export async function answersTo(db: Db, requestId: number): Promise<Answered[]> {
  const rows = await db
    .selectFrom('auditAnswer')
    .select(['process', 'seq', 'minute', 'question', 'answer'])
    .where('requestId', '=', requestId)
    .orderBy('process')
    .orderBy('question')
    .execute()
  return rows.map(({ seq, minute, ...rest }) => ({ ...rest, at: [seq, minute] }))
}

/** Removes a request with its answers, and those that were left behind. */
export async function deleteRequest(db: Db, id: number): Promise<void> {
  await db
    .deleteFrom('auditRequest')
    .where((where) =>
      where.or([
        where('id', '=', id),
        where('askedAt', '<', sql<number>`clock_timestamp() - interval '1 hour'`),
      ]),
    )
    .execute()
}

/** Of each dimension the id with the most tickets; of a city without tickets none. */
export async function biggestMembers(db: Db): Promise<Map<Dimension, number>> {
  const names = sql.join(dimensions.map((dimension) => sql.ref(dimension)))
  const sets = sql.join(dimensions.map((dimension) => sql`(${sql.ref(dimension)})`))
  const { rows } = await sql<Record<Dimension, number | null>>`
    select ${names} from ticket
    group by grouping sets (${sets})
    order by count(*) desc
  `.execute(db)
  return new Map(
    dimensions.flatMap((dimension) => {
      const id = rows.find((row) => row[dimension] !== null)?.[dimension]
      return id == null ? [] : [[dimension, id] as const]
    }),
  )
}

/** True when names, members or policies changed after `seq`: what was answered may be labelled otherwise now. */
export async function areTermsChangedAfter(db: Db, seq: number): Promise<boolean> {
  const row = await db
    .selectFrom('journal')
    .select('seq')
    .where('seq', '>', seq)
    .where('kind', 'in', ['members', 'policy'])
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** About how many tickets there are: as PostgreSQL remembers, which takes no time. */
export async function estimateTickets(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select greatest(reltuples, 0)::float as n from pg_class where oid = 'ticket'::regclass
  `.execute(db)
  return rows[0]!.n
}
