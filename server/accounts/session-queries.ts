import { sql } from 'kysely'
import type { Ending } from '#shared/account-event.ts'
import { endNoted } from '../account-events/queries.ts'
import type { PersonTable, SessionTable } from '../db/account-tables.ts'
import type { Db } from '../db/connect.ts'
import { storedToken } from './hashed-tokens.ts'

/** Milliseconds: use is noted no more often. */
const NOTED = 30_000

interface Asked {
  /** As the cookie carries it. */
  token: string
  now: number
  /** Milliseconds. */
  idle: number
  /** Milliseconds. */
  longest: number
  /** Demonstration accounts are somebody. */
  demo: boolean
}

interface UsedSession
  extends
    Pick<SessionTable, 'way' | 'createdAt'>,
    Pick<PersonTable, 'id' | 'name' | 'email' | 'language' | 'demo'> {
  sessionId: string
}

/** One statement: notes that the session is used, and answers whose it is while it lasts. */
export async function useSession(
  db: Db,
  { token, now, idle, longest, demo }: Asked,
): Promise<UsedSession | undefined> {
  const stored = storedToken(token)
  const { rows } = await sql<UsedSession>`
    with noted as (
      update session set updated_at = ${now}
      where token = ${stored} and updated_at < ${now - NOTED} and updated_at > ${now - idle} and expires_at > ${now}
    )
    select session.id as session_id, way, session.created_at, person.id, name, email, language, demo
    from session join person on person.id = session.person_id
    where token = ${stored} and expires_at > ${now} and session.created_at > ${now - longest}
      and session.updated_at > ${now - idle} and (${demo}::boolean or demo is null)
  `.execute(db)
  return rows[0]
}

/** Which of these sessions last; asking is no use of them. */
export async function lastingSessions(
  db: Db,
  ids: readonly string[],
  { now, idle, longest, demo }: Omit<Asked, 'token'>,
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.personId')
    .select('session.id')
    .where('session.id', '=', sql<string>`any(${ids})`)
    .where('session.expiresAt', '>', now)
    .where('session.createdAt', '>', now - longest)
    .where('session.updatedAt', '>', now - idle)
    .$if(!demo, (query) => query.where('person.demo', 'is', null))
    .execute()
  return new Set(rows.map((row) => row.id))
}

export function sessionsOf(db: Db, personId: string, since: { now: number; idle: number }) {
  return db
    .selectFrom('session')
    .select(['id', 'way', 'userAgent', 'createdAt', 'updatedAt'])
    .where('personId', '=', personId)
    .where('expiresAt', '>', since.now)
    .where('updatedAt', '>', since.now - since.idle)
    .orderBy('updatedAt', 'desc')
    .execute()
}

/** Resolves to false when this person has no such session. */
export async function endSession(db: Db, personId: string, id: string): Promise<boolean> {
  return (await endNoted(db, sql`person_id = ${personId} and id = ${id}`, 'elsewhere')) > 0
}

/** By its owner, in the browser that has it. */
export async function endOwnSession(db: Db, token: string): Promise<void> {
  await endNoted(db, sql`token = ${storedToken(token)}`, 'signed-out')
}

export async function endOtherSessions(
  db: Db,
  personId: string,
  { kept, why }: { kept: string; why: Ending },
): Promise<void> {
  await endNoted(db, sql`person_id = ${personId} and id <> ${kept}`, why)
}

/** Every one of a person. */
export async function endSessions(db: Db, personId: string, why: Ending): Promise<void> {
  await endNoted(db, sql`person_id = ${personId}`, why)
}
