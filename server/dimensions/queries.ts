import { sql } from 'kysely'
import type { Dimension } from '#shared/ticket.ts'
import type { Axis } from '#shared/view.ts'
import type { Db } from '../db/connect.ts'
import { firstNames } from './first-names.ts'

export interface Spelling {
  dimension: Axis
  spelling: string
  id: number
  isAlias: boolean
}

export interface MemberRow {
  id: number
  dimension: Axis
  code: string
  names: Record<string, string>
  mergedInto: number | null
}

const columns = ['id', 'dimension', 'code', 'names', 'mergedInto'] as const

export function allMembers(db: Db): Promise<MemberRow[]> {
  return db.selectFrom('member').select(columns).orderBy('id').execute()
}

/** Every spelling that means a member: its own, and its aliases. */
export function allSpellings(db: Db): Promise<Spelling[]> {
  return db
    .selectFrom('member')
    .select(['dimension', 'spelling', 'id', sql<boolean>`false`.as('isAlias')])
    .unionAll(
      db
        .selectFrom('memberAlias')
        .select(['dimension', 'spelling', 'memberId as id', sql<boolean>`true`.as('isAlias')]),
    )
    .execute()
}

/**
 * Registers a member on first sight, unreviewed, and answers its id and own spelling; harmless when
 * two do so at once, and when an alias was given a moment ago.
 */
export async function registerMember(
  db: Db,
  { dimension, code, spelling }: { dimension: Axis; code: string; spelling: string },
): Promise<Pick<Spelling, 'id' | 'spelling'>> {
  const names = JSON.stringify(firstNames(dimension, spelling))
  const { rows } = await sql<Pick<Spelling, 'id' | 'spelling'>>`
    with alias as (
      select member.id, member.spelling from member_alias join member on member.id = member_id
      where member_alias.dimension = ${dimension} and member_alias.spelling = ${spelling}
    ), added as (
      insert into member (dimension, code, spelling, names)
      select ${dimension}, ${code}, ${spelling}, ${names}::text::jsonb
      where not exists (select from alias)
      on conflict (dimension, spelling) do nothing
      returning id, spelling
    )
    select id, spelling from alias
    union all
    select id, spelling from added
    union all
    select id, spelling from member where dimension = ${dimension} and spelling = ${spelling}
  `.execute(db)
  if (rows[0]) return rows[0]
  return registerMember(db, { dimension, code, spelling })
}

export function memberById(db: Db, id: number): Promise<MemberRow> {
  return db.selectFrom('member').select(columns).where('id', '=', id).executeTakeFirstOrThrow()
}

/** Codes by id, as they were first seen: merges are not followed. */
export async function memberCodes(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('member').select(['id', 'code']).where('id', 'in', ids).execute()
  return new Map(rows.map(({ id, code }) => [id, code]))
}

/** The member of this spelling, its own or an alias. */
export function memberSpelled(
  db: Db,
  dimension: Dimension,
  spelling: string,
): Promise<MemberRow | undefined> {
  return db
    .selectFrom('member')
    .select(columns)
    .where('dimension', '=', dimension)
    .where((where) =>
      where.or([
        where('spelling', '=', spelling),
        where('id', 'in', (query) =>
          query
            .selectFrom('memberAlias')
            .select('memberId')
            .where('dimension', '=', dimension)
            .where('spelling', '=', spelling),
        ),
      ]),
    )
    .executeTakeFirst()
}

/** A member as the people who look after names see it. */
export interface ListedMember {
  code: string
  names: Record<string, string>
  reviewedAt: number | null
  /** The code of the member it was merged into. */
  into: string | null
  aliases: string[]
}

/** Those not looked at yet first, then by code. */
export async function listedMembers(db: Db, dimension: Dimension): Promise<ListedMember[]> {
  const { rows } = await sql<ListedMember>`
    select member.code, member.names, member.reviewed_at, target.code as into,
      array(select spelling from member_alias where member_id = member.id order by 1) as aliases
    from member left join member target on target.id = member.merged_into
    where member.dimension = ${dimension}
    order by member.reviewed_at is not null, member.code
  `.execute(db)
  return rows
}

/** Until the transaction ends nobody else changes or registers members. */
export async function lockMembers(trx: Db): Promise<void> {
  await sql`lock table member, member_alias in share row exclusive mode`.execute(trx)
}

const reviewed = { reviewedAt: sql<number>`clock_timestamp()` }

export async function setNames(db: Db, id: number, names: Record<string, string>): Promise<void> {
  await db
    .updateTable('member')
    .set({ names, ...reviewed })
    .where('id', '=', id)
    .execute()
}

export async function setMergedInto(db: Db, id: number, mergedInto: number): Promise<void> {
  await db
    .updateTable('member')
    .set({ mergedInto, ...reviewed })
    .where('id', '=', id)
    .execute()
}

export async function setReviewed(db: Db, id: number): Promise<void> {
  await db.updateTable('member').set(reviewed).where('id', '=', id).execute()
}

export async function insertAlias(
  db: Db,
  alias: { dimension: Dimension; spelling: string; memberId: number },
): Promise<void> {
  await db.insertInto('memberAlias').values(alias).execute()
}
