import { type Selectable, sql } from 'kysely'
import type { Dimension } from '#shared/ticket.ts'
import type { Db } from '../db/connect.ts'
import type { Database } from '../db/schema.ts'

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

/** Those that are known already stay as they are. */
export async function insertMembers(db: Db, members: readonly NewMember[]): Promise<void> {
  await db
    .insertInto('member')
    .values(members)
    .onConflict((conflict) => conflict.columns(['dimension', 'spelling']).doNothing())
    .execute()
}

/** Up to `limit` tickets that are not withdrawn and whose id matches a regular expression. */
export function ticketsToWithdraw(
  db: Db,
  { ids, limit }: { ids: string; limit: number },
): Promise<Selectable<Database['ticket']>[]> {
  return db
    .selectFrom('ticket')
    .selectAll()
    .where('status', '<>', 'withdrawn')
    .where('id', '~', ids)
    .limit(limit)
    .execute()
}

export async function memberCodes(db: Db): Promise<ReadonlyMap<number, string>> {
  const rows = await db.selectFrom('member').select(['id', 'code']).execute()
  return new Map(rows.map(({ id, code }) => [id, code]))
}
