import { sql } from 'kysely'
import type { Dimension } from '#shared/ticket.ts'
import type { Db } from '../db/connect.ts'

/** So that of two servers on one empty database only one founds the city. Held until the end of the transaction. */
export async function lockPolicies(db: Db): Promise<void> {
  await sql`lock table policy in exclusive mode`.execute(db)
}

export async function hasTicket(db: Db): Promise<boolean> {
  return (await db.selectFrom('ticket').select('id').limit(1).executeTakeFirst()) !== undefined
}

export interface NewMember {
  dimension: Dimension
  code: string
  spelling: string
  names: Record<string, string>
}

export async function insertMembers(db: Db, members: readonly NewMember[]): Promise<void> {
  await db.insertInto('member').values(members).execute()
}
