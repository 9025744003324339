import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'

export interface Person {
  id: string
  name: string
  email: string
}

const PASSWORD = 'credential'
/** Milliseconds: use is noted no more often. */
const NOTED = 30_000

/** Milliseconds for which an app's code might be taken: its own half minute, the one before and the one after. */
const TAKEN_FOR = 90_000

interface Asked {
  token: string
  now: number
  /** Milliseconds. */
  idle: number
  /** Milliseconds. */
  longest: number
  /** Demonstration accounts are somebody. */
  demo: boolean
}

/** One statement: notes that the session is used, and answers whose it is while it lasts. */
export async function useSession(db: Db, { token, now, idle, longest, demo }: Asked) {
  return db
    .with('noted', (noted) =>
      noted
        .updateTable('session')
        .set({ updatedAt: now })
        .where('token', '=', token)
        .where('updatedAt', '<', now - NOTED)
        .where('updatedAt', '>', now - idle)
        .where('expiresAt', '>', now),
    )
    .selectFrom('session')
    .innerJoin('person', 'person.id', 'session.personId')
    .select(['session.id as sessionId', 'session.way', 'session.createdAt'])
    .select(['person.id', 'person.name', 'person.email', 'person.language', 'person.demo'])
    .where('session.token', '=', token)
    .where('session.expiresAt', '>', now)
    .where('session.createdAt', '>', now - longest)
    .where('session.updatedAt', '>', now - idle)
    .$if(!demo, (query) => query.where('person.demo', 'is', null))
    .executeTakeFirst()
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
  const { numDeletedRows } = await db
    .deleteFrom('session')
    .where('personId', '=', personId)
    .where('id', '=', id)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function endOtherSessions(db: Db, personId: string, kept: string): Promise<void> {
  await db.deleteFrom('session').where('personId', '=', personId).where('id', '<>', kept).execute()
}

/** What ended by itself, and what was begun and never finished. */
export async function sweep(db: Db, { now, idle }: { now: number; idle: number }): Promise<void> {
  await db
    .deleteFrom('session')
    .where((eb) => eb.or([eb('expiresAt', '<', now), eb('updatedAt', '<', now - idle)]))
    .execute()
  await db.deleteFrom('verification').where('expiresAt', '<', now).execute()
  await db
    .deleteFrom('usedCode')
    .where('at', '<', now - TAKEN_FOR)
    .execute()
}

export function personById(db: Db, id: string): Promise<Person | undefined> {
  return db
    .selectFrom('person')
    .select(['id', 'name', 'email'])
    .where('id', '=', id)
    .where('demo', 'is', null)
    .executeTakeFirst()
}

/** Resolves to false when the e-mail address is somebody's. */
export async function insertPerson(
  db: Db,
  person: Person & { language: string | null },
): Promise<boolean> {
  const added = await db
    .insertInto('person')
    .values({ ...person, demo: null })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

export async function updatePerson(
  db: Db,
  id: string,
  changed: { name?: string; email?: string; language?: string },
): Promise<void> {
  const updatedAt = sql<number>`clock_timestamp()`
  await db
    .updateTable('person')
    .set({ ...changed, updatedAt })
    .where('id', '=', id)
    .execute()
}

interface NewInvitation {
  tokenHash: Uint8Array
  personId: string
  madeBy: string | null
  expiresAt: number
}

/** One invitation of a person counts: the newest. */
export async function insertInvitation(db: Db, invitation: NewInvitation): Promise<void> {
  await db
    .deleteFrom('invitation')
    .where('personId', '=', invitation.personId)
    .where('usedAt', 'is', null)
    .execute()
  await db.insertInto('invitation').values(invitation).execute()
}

/** Whom an invitation that counts is for; `undefined` too while the first account has no name. */
export function invitedBy(db: Db, tokenHash: Uint8Array): Promise<Person | undefined> {
  return db
    .selectFrom('invitation')
    .innerJoin('person', 'person.id', 'invitation.personId')
    .select(['person.id', 'person.name', 'person.email'])
    .where('tokenHash', '=', tokenHash)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', sql<number>`clock_timestamp()`)
    .executeTakeFirst()
}

/** Marks it as used, and holds it until the transaction ends. */
export async function takeInvitation(trx: Db, tokenHash: Uint8Array) {
  const taken = await trx
    .updateTable('invitation')
    .set({ usedAt: sql<number>`clock_timestamp()` })
    .where('tokenHash', '=', tokenHash)
    .where('personId', 'is not', null)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', sql<number>`clock_timestamp()`)
    .returning(['personId', 'isFirst'])
    .executeTakeFirst()
  return taken && { personId: taken.personId!, isFirst: taken.isFirst }
}

/** Who is invited anew has lost the old ones, or somebody else has them. */
export async function forgetCredentials(trx: Db, personId: string): Promise<void> {
  for (const table of ['passkey', 'credential', 'twoFactor', 'session'] as const) {
    await trx.deleteFrom(table).where('personId', '=', personId).execute()
  }
  await trx
    .updateTable('person')
    .set({ twoFactorEnabled: false, emailVerified: true })
    .where('id', '=', personId)
    .execute()
}

export async function passwordOf(db: Db, personId: string): Promise<string | undefined> {
  const found = await db
    .selectFrom('credential')
    .select('password')
    .where('personId', '=', personId)
    .where('providerId', '=', PASSWORD)
    .executeTakeFirst()
  return found?.password ?? undefined
}

export async function setPassword(
  db: Db,
  { id, personId, password }: { id: string; personId: string; password: string },
): Promise<void> {
  await db
    .insertInto('credential')
    .values({ id, personId, password, accountId: personId, providerId: PASSWORD })
    .onConflict((conflict) =>
      conflict
        .columns(['providerId', 'accountId'])
        .doUpdateSet({ password, updatedAt: sql<number>`clock_timestamp()` }),
    )
    .execute()
}

export function passkeysOf(db: Db, personId: string) {
  return db
    .selectFrom('passkey')
    .select(['id', 'name', 'createdAt'])
    .where('personId', '=', personId)
    .orderBy('createdAt')
    .execute()
}

/** Resolves to false when this person has no such passkey, or no other way in than this one. */
export async function deletePasskey(db: Db, personId: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    delete from passkey where person_id = ${personId} and id = ${id} and (
      exists (select from passkey other where other.person_id = ${personId} and other.id <> ${id})
      or exists (select from two_factor where person_id = ${personId} and verified)
      or exists (select from credential where person_id = ${personId} and provider_id <> ${PASSWORD})
    ) returning id
  `.execute(db)
  return rows.length > 0
}

export async function hasCode(db: Db, personId: string): Promise<boolean> {
  const found = await db
    .selectFrom('twoFactor')
    .select('id')
    .where('personId', '=', personId)
    .where('verified', '=', true)
    .executeTakeFirst()
  return found !== undefined
}

/** Resolves to false when this person has used this code already. */
export async function useCode(
  db: Db,
  { personId, code, now }: { personId: string; code: string; now: number },
): Promise<boolean> {
  const used = await db
    .insertInto('usedCode')
    .values({ personId, code, at: now })
    .onConflict((conflict) =>
      conflict
        .columns(['personId', 'code'])
        .doUpdateSet({ at: now })
        .where('usedCode.at', '<', now - TAKEN_FOR),
    )
    .returning('at')
    .executeTakeFirst()
  return used !== undefined
}

/** Whether anybody real has ever got in. */
export async function isSomebodyHere(db: Db): Promise<boolean> {
  const { rows } = await sql`
    select from person where demo is null and (
      exists (select from passkey where person_id = person.id)
      or exists (select from credential where person_id = person.id)
    ) limit 1
  `.execute(db)
  return rows.length > 0
}

/** Puts a new token in place of the first account's last one. */
export async function renewFirstInvitation(
  db: Db,
  { tokenHash, expiresAt }: { tokenHash: Uint8Array; expiresAt: number },
): Promise<void> {
  await db
    .insertInto('invitation')
    .values({ tokenHash, expiresAt, isFirst: true, personId: null, madeBy: null })
    .onConflict((conflict) =>
      conflict
        .column('isFirst')
        .where('isFirst', '=', true)
        .doUpdateSet({ tokenHash, expiresAt, usedAt: null }),
    )
    .execute()
}

/** Holds the first account's invitation until the transaction ends. */
export function lockFirstInvitation(trx: Db, tokenHash: Uint8Array) {
  return trx
    .selectFrom('invitation')
    .select(['id', 'personId'])
    .where('tokenHash', '=', tokenHash)
    .where('isFirst', '=', true)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', sql<number>`clock_timestamp()`)
    .forUpdate()
    .executeTakeFirst()
}

export async function nameFirst(trx: Db, id: number, personId: string): Promise<void> {
  await trx.updateTable('invitation').set({ personId }).where('id', '=', id).execute()
}

/** Whether this person came by the link that the first start printed. */
export async function cameFirst(db: Db, personId: string): Promise<boolean> {
  const found = await db
    .selectFrom('invitation')
    .select('id')
    .where('personId', '=', personId)
    .where('isFirst', '=', true)
    .where('usedAt', 'is not', null)
    .executeTakeFirst()
  return found !== undefined
}

export async function keptSecret(db: Db): Promise<string> {
  const { secret } = await db.selectFrom('accountSecret').select('secret').executeTakeFirstOrThrow()
  return secret
}

export interface DemoPerson extends Person {
  demo: string
  language: string
}

export async function putDemoPeople(db: Db, people: readonly DemoPerson[]): Promise<void> {
  await db
    .insertInto('person')
    .values([...people])
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}
