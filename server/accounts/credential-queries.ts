import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'
import { endSessions } from './session-queries.ts'

const PASSWORD = 'credential'

/** Milliseconds for which an app's code might be taken: its own half minute, the one before and the one after. */
export const TAKEN_FOR = 90_000

/** Who is invited anew has lost the old ones, or somebody else has them. */
export async function forgetCredentials(trx: Db, personId: string): Promise<void> {
  await endSessions(trx, personId, 'recovery')
  for (const table of ['passkey', 'credential', 'twoFactor'] as const) {
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

/** True when this person has a passkey or the single sign-on, and no app: nothing is asked for beside their password. */
export async function hasOtherWay(db: Db, personId: string): Promise<boolean> {
  const { rows } = await sql`
    select from person where id = ${personId}
      and not exists (select from two_factor where person_id = person.id and verified)
      and (exists (select from passkey where person_id = person.id)
        or exists (select from credential where person_id = person.id and provider_id <> ${PASSWORD}))
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

/** Whose password was given, by what their browser holds until the code comes. */
export async function whoOwesCode(
  db: Db,
  identifier: string,
  now: number,
): Promise<string | undefined> {
  const found = await db
    .selectFrom('verification')
    .select('value')
    .where('identifier', '=', identifier)
    .where('expiresAt', '>', now)
    .executeTakeFirst()
  return found?.value
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
