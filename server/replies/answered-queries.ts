import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'

interface AnsweredRow {
  consultation: string
  provision: number | null
  /** As which it goes on now. */
  group: number | null
}

/** To what answers stand in these consultations. */
export async function answeredIn(db: Db, codes: readonly string[]): Promise<AnsweredRow[]> {
  const { rows } = await sql<AnsweredRow>`
    select reply.consultation, reply.provision,
      coalesce(comment_group.merged_into, reply.comment_group) as "group"
    from reply left join comment_group on comment_group.id = reply.comment_group
    where reply.consultation = any(${[...codes]}::text[])
  `.execute(db)
  return rows
}

/** What published comments of these consultations are on, from one to the next: never through the comments. */
export async function saidOn(
  db: Db,
  consultations: readonly number[],
): Promise<{ consultation: number; provision: number }[]> {
  const { rows } = await sql<{ consultation: number; provision: number }>`
    select one.id as consultation, said.provision
    from unnest(${[...consultations]}::int[]) as one (id), lateral (
      with recursive named (id) as (
        select min(provision) from comment where consultation = one.id and is_published
        union all
        select (select min(provision) from comment
          where consultation = one.id and is_published and provision > named.id)
        from named where named.id is not null
      )
      select id as provision from named where id is not null
    ) as said
  `.execute(db)
  return rows
}

/** Of one consultation: what its groups are answered by, themselves or with the provision of their first comment. */
export interface Covered {
  id: number
  provisions: readonly number[]
  groups: readonly number[]
}

const isOpen = sql`one.id = comment_group.consultation and comments > 1
  and not provision = any(one.provisions) and not comment_group.id = any(one.groups)`

const told = (covered: readonly Covered[]) => sql`
  jsonb_to_recordset(${JSON.stringify(covered)}::text::jsonb)
    as one (id int, provisions int[], groups bigint[])`

/** Groups of two published comments or more that nobody has answered, of each consultation that has some. */
export async function countOpenGroups(
  db: Db,
  covered: readonly Covered[],
): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; groups: number }>`
    select one.id, count(*)::int as groups from ${told(covered)} join comment_group on ${isOpen}
    group by one.id
  `.execute(db)
  return new Map(rows.map(({ id, groups }) => [id, groups]))
}

export interface OpenGroup {
  consultation: number
  id: number
  comments: number
  provision: number
}

/** In the order in which the consultations are told, the largest first; `after` is a group of the first of them. */
export async function openGroups(
  db: Db,
  covered: readonly Covered[],
  { after, limit }: { after: { comments: number; id: number } | undefined; limit: number },
): Promise<OpenGroup[]> {
  const behind = after
    ? sql`and (one.place > 1 or comments < ${after.comments}::int
        or (comments = ${after.comments}::int and comment_group.id > ${after.id}::bigint))`
    : sql``
  const ordered = covered.map((one, index) => ({ ...one, place: index + 1 }))
  const { rows } = await sql<OpenGroup>`
    select one.id as consultation, found.id, found.comments, found.provision
    from jsonb_to_recordset(${JSON.stringify(ordered)}::text::jsonb)
      as one (id int, place int, provisions int[], groups bigint[]), lateral (
      select comment_group.id, comments, provision from comment_group
      where ${isOpen} ${behind}
      order by comments desc, comment_group.id limit ${limit}::int
    ) as found
    order by one.place, found.comments desc, found.id limit ${limit}::int
  `.execute(db)
  return rows
}

/** Published comments of these groups, with all that became one with them, by what they are on. */
export async function commentsIn(
  db: Db,
  groups: readonly number[],
): Promise<{ provision: number; comments: number }[]> {
  const ids = sql`${[...groups]}::bigint[]`
  const { rows } = await sql<{ provision: number; comments: number }>`
    select comment.provision, count(*)::int as comments
    from comment_group part
    join wording on wording.comment_group = part.id
    join worded on worded.wording = wording.id and worded.is_published
    join comment on comment.source_id = worded.source_id and comment.id = worded.id
    where part.id = any(${ids}) or part.merged_into = any(${ids})
    group by comment.provision
  `.execute(db)
  return rows
}
