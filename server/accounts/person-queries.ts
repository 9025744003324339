import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'

export interface Person {
  id: string
  name: string
  email: string
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
