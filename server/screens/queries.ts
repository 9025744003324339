import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'

/** Until the transaction ends nobody else writes what walls showed. */
export async function lockScreens(trx: Db): Promise<void> {
  await sql`lock table screen in share row exclusive mode`.execute(trx)
}

/** The last five minutes of which there is a leaf, since 1970; undefined: there is none. */
export async function lastSlot(db: Db): Promise<number | undefined> {
  const row = await db
    .selectFrom('screen')
    .select('slot')
    .orderBy('slot', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.slot
}

export async function insertScreen(db: Db, screen: { slot: number; leaf: number }): Promise<void> {
  await db.insertInto('screen').values(screen).execute()
}

export interface Around {
  before: number | null
  after: number | null
}

/** The last leaf of a wall that a log of `size` leaves had, and the first that it had not. */
export async function screensAround(db: Db, size: number): Promise<Around> {
  const { rows } = await sql<Around>`
    select (select max(leaf) from screen where leaf < ${size}::bigint) as before,
      (select min(leaf) from screen where leaf >= ${size}::bigint) as after
  `.execute(db)
  return rows[0]!
}
