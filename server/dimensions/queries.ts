import { sql } from 'kysely'
import type { Dimension } from '#shared/ticket.ts'
import type { Db } from '../db/connect.ts'

export interface Spelling {
  dimension: Dimension
  spelling: string
  id: number
}

export interface MemberRow {
  id: number
  dimension: Dimension
  code: string
  names: Record<string, string>
  mergedInto: number | null
}

export function allMembers(db: Db): Promise<MemberRow[]> {
  return db
    .selectFrom('member')
    .select(['id', 'dimension', 'code', 'names', 'mergedInto'])
    .orderBy('id')
    .execute()
}

/** Every spelling that means a member: its own, and its aliases. */
export function allSpellings(db: Db): Promise<Spelling[]> {
  return db
    .selectFrom('member')
    .select(['dimension', 'spelling', 'id'])
    .unionAll(db.selectFrom('memberAlias').select(['dimension', 'spelling', 'memberId as id']))
    .execute()
}

/** Registers a member on first sight, unreviewed, and answers its id; harmless when two do so at once. */
export async function registerMember(
  db: Db,
  member: { dimension: Dimension; code: string; spelling: string },
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    with added as (
      insert into member (dimension, code, spelling)
      values (${member.dimension}, ${member.code}, ${member.spelling})
      on conflict (dimension, spelling) do nothing
      returning id
    )
    select id from added
    union all
    select id from member
    where dimension = ${member.dimension} and spelling = ${member.spelling}
  `.execute(db)
  if (rows[0]) return rows[0].id
  return registerMember(db, member)
}
