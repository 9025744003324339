import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'

/** Somebody who may be written to. */
export interface Reader {
  personId: string
  name: string
  email: string
  language: string | null
}

/** Who holds a current appointment, wants the e-mail, and was not written to on this day. */
export async function readersOn(db: Db, day: string): Promise<Reader[]> {
  const { rows } = await sql<Reader>`
    select person.id as person_id, person.name, person.email, person.language
    from person left join digest on digest.person_id = person.id
    where person.demo is null and coalesce(digest.is_on, true)
      and (digest.day is null or digest.day < ${day})
      and exists (select from appointment where appointment.person_id = person.id
        and standing_at(appointment, clock_timestamp()) = 'current')
    order by person.id
  `.execute(db)
  return rows
}

/**
 * Takes a day's e-mail to somebody: of all who would send it, one gets an answer. The seq up to which they
 * had been told before; null: they were never told.
 */
export async function takeDigest(
  db: Db,
  { personId, day, seq }: { personId: string; day: string; seq: number },
): Promise<{ before: number | null } | undefined> {
  const { rows } = await sql<{ before: number | null }>`
    insert into digest as taken (person_id, day, seq) values (${personId}, ${day}, ${seq}::bigint)
    on conflict (person_id) do update set day = excluded.day, seq = excluded.seq
      where taken.is_on and (taken.day is null or taken.day < excluded.day)
    returning old.seq as before
  `.execute(db)
  return rows[0]
}

/** It could not be sent: it is to be tried again, with all that it would have told. */
export async function giveDigestBack(
  db: Db,
  { personId, before }: { personId: string; before: number | null },
): Promise<void> {
  await db
    .updateTable('digest')
    .set({ day: null, seq: before })
    .where('personId', '=', personId)
    .execute()
}

export async function wantsDigest(db: Db, personId: string): Promise<boolean> {
  const found = await db
    .selectFrom('digest')
    .select('isOn')
    .where('personId', '=', personId)
    .executeTakeFirst()
  return found?.isOn ?? true
}

export async function setDigest(
  db: Db,
  { personId, isOn }: { personId: string; isOn: boolean },
): Promise<void> {
  await db
    .insertInto('digest')
    .values({ personId, isOn, day: null, seq: null })
    .onConflict((conflict) => conflict.column('personId').doUpdateSet({ isOn }))
    .execute()
}
