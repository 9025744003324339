import { sql } from 'kysely'
import type { Breakdown, ToldBreakdowns } from '#shared/polls/told.ts'
import type { Db } from '../db/connect.ts'

/** How many who say that they belong to a value were offered a choice, and chose it; both by their members. */
export interface Counted {
  choice: number
  value: string
  offered: number
  chosen: number
}

const said = sql`
  lateral (
    select unnest(offered) as choice, 1 as offered, 0 as chosen
    union all select unnest(chosen), 0, 1
  ) as said`

/** By one of the poll's own groups; who says nothing of it is left out. */
export async function countByGroup(db: Db, poll: number, group: string): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    select said.choice, groups ->> ${group} as value, sum(said.offered)::int as offered,
      sum(said.chosen)::int as chosen
    from answer, ${said}
    where poll = ${poll} and statement = 0 and groups ? ${group} group by 1, 2
  `.execute(db)
  return rows
}

/** By the ids of areas or channels, as text. */
export async function countByMember(
  db: Db,
  poll: number,
  axis: 'area' | 'channel',
): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    select said.choice, ${sql.ref(axis)}::text as value, sum(said.offered)::int as offered,
      sum(said.chosen)::int as chosen
    from answer, ${said}
    where poll = ${poll} and statement = 0 and ${sql.ref(axis)} <> 0 group by 1, 2
  `.execute(db)
  return rows
}

export type StoredBreakdowns = Omit<ToldBreakdowns, 'members'>

export function storedBreakdowns(db: Db, poll: number): Promise<StoredBreakdowns | undefined> {
  return db
    .selectFrom('pollBreakdown')
    .select(['at', 'told as breakdowns'])
    .where('poll', '=', poll)
    .executeTakeFirst()
}

/** The first that is written stays. */
export async function insertBreakdowns(
  db: Db,
  poll: number,
  told: readonly Breakdown[],
): Promise<void> {
  await sql`
    insert into poll_breakdown (poll, told) values (${poll}, ${JSON.stringify(told)}::text::jsonb)
    on conflict do nothing
  `.execute(db)
}
