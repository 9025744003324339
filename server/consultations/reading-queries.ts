import { sql } from 'kysely'
import type { Speaker, Stance, WithholdReason } from '#shared/consultations/comment.ts'
import type { Db } from '../db/connect.ts'

export async function withheldByReason(
  db: Db,
  consultation: number,
): Promise<{ reason: WithholdReason; comments: number }[]> {
  const { rows } = await sql<{ reason: WithholdReason; comments: number }>`
    select reason, count(*)::int as comments from comment
    where consultation = ${consultation} and not is_published
    group by reason order by comments desc, reason
  `.execute(db)
  return rows
}

export interface CommentPlace {
  at: number
  sourceId: number
  id: string
}

export interface ListedComment extends CommentPlace {
  provision: number
  stance: Stance | null
  speaker: Speaker
  text: string
  proposal: string | null
  language: number
}

interface Where {
  consultation: number
  /** Ids of members as comments name them; undefined: of all. */
  provisions: readonly number[] | undefined
  stance: Stance | undefined
  after: CommentPlace | undefined
  limit: number
}

/** Published comments, the newest first: of each provision only as many as may be among them are read. */
export async function publishedComments(
  db: Db,
  { consultation, provisions, stance, after, limit }: Where,
): Promise<ListedComment[]> {
  const conditions = [
    sql`consultation = ${consultation} and is_published and provision = one.id`,
    ...(stance ? [sql`stance = ${stance}`] : []),
    ...(after
      ? [
          sql`(received_at, source_id, id) <
            (to_timestamp(${after.at}::bigint / 1000.0), ${after.sourceId}::int, ${after.id}::text)`,
        ]
      : []),
  ]
  const newest = sql`order by received_at desc, source_id desc, id desc limit ${limit}`
  const { rows } = await sql<ListedComment>`
    select received_at as at, source_id, said.id, provision, stance, speaker, text, proposal, language
    from ${provisions ? given(provisions) : allOf(consultation)} as one (id), lateral (
      select * from comment where ${sql.join(conditions, sql` and `)} ${newest}
    ) as said ${newest}
  `.execute(db)
  return rows
}

const given = (provisions: readonly number[]) => sql`unnest(${[...provisions]}::int[])`

/** All that published comments of a consultation are on, from one to the next: never through the comments. */
const allOf = (consultation: number) => sql`(
  with recursive named (id) as (
    select min(provision) from comment where consultation = ${consultation} and is_published
    union all
    select (select min(provision) from comment
      where consultation = ${consultation} and is_published and provision > named.id)
    from named where named.id is not null
  )
  select id from named where id is not null
)`
