import { type RawBuilder, sql } from 'kysely'
import type { Speaker, Stance, WithholdReason } from '#shared/consultations/comment.ts'
import type { Db } from '../db/connect.ts'

export async function withheldByReason(
  db: Db,
  consultation: number,
): Promise<{ reason: WithholdReason; comments: number }[]> {
  const { rows } = await sql<{ reason: WithholdReason; comments: number }>`
    select coalesce(withheld_as, reason) as reason, sum(n)::int as comments from (
      select withheld_as, reason, count(*) as n from comment
      where consultation = ${consultation} and not is_published group by withheld_as, reason
    ) as told
    group by coalesce(withheld_as, reason) order by comments desc, coalesce(withheld_as, reason)
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
  organisation: string | null
  text: string
  proposal: string | null
  language: number
  /** Why it is withheld; null: it is published. */
  withheldFor: WithholdReason | null
  /** When the secretariat decided so; null: it did not. */
  withheldAt: number | null
}

/** Of a row `said` of comments. */
export const listed = sql`said.received_at as at, said.source_id, said.id, said.provision, said.stance, said.speaker,
  said.organisation, said.text, said.proposal, said.language,
  coalesce(said.withheld_as, said.reason) as withheld_for,
  case when said.withheld_as is not null then (
    select (state ->> 'at')::bigint from moderation where moderation.id = said.moderation
  ) end as withheld_at`

export const newestFirst = sql`order by said.received_at desc, said.source_id desc, said.id desc`

/** Of rows `said` that come after one in that order. */
export const isAfter = ({ at, sourceId, id }: CommentPlace): RawBuilder<unknown> => sql`
  (said.received_at, said.source_id, said.id) <
    (to_timestamp(${at}::bigint / 1000.0), ${sourceId}::int, ${id}::text)`

interface Where {
  consultation: number
  /** Ids of members as comments name them; undefined: of all. */
  provisions: readonly number[] | undefined
  /** What those withheld want is not told. */
  stance: Stance | undefined
  /** Undefined: those published and those withheld. */
  isPublished?: boolean | undefined
  after: CommentPlace | undefined
  limit: number
}

/** The newest first: of each provision only as many as may be among them are read. */
export async function listComments(db: Db, where: Where): Promise<ListedComment[]> {
  const { stance, limit, isPublished } = where
  const fates = [true, false].filter(
    (fate) => fate === (isPublished ?? fate) && (fate || stance === undefined),
  )
  const parts = fates.map((fate) => sql`(${newestOf(where, fate)})`)
  const { rows } = await sql<ListedComment>`
    select ${listed} from (${sql.join(parts, sql` union all `)}) as said
    ${newestFirst} limit ${limit}
  `.execute(db)
  return rows
}

const fateOf = (isPublished: boolean) => (isPublished ? sql`is_published` : sql`not is_published`)

function newestOf(
  { consultation, provisions, stance, after, limit }: Where,
  isPublished: boolean,
): RawBuilder<unknown> {
  const conditions = [
    sql`consultation = ${consultation} and ${fateOf(isPublished)} and provision = one.id`,
    ...(stance ? [sql`stance = ${stance}`] : []),
    ...(after ? [isAfter(after)] : []),
  ]
  const among = provisions ? given(provisions) : allOf(consultation, fateOf(isPublished))
  return sql`
    select said.* from ${among} as one (id), lateral (
      select * from comment as said where ${sql.join(conditions, sql` and `)}
      ${newestFirst} limit ${limit}
    ) as said ${newestFirst} limit ${limit}`
}

const given = (provisions: readonly number[]) => sql`unnest(${[...provisions]}::int[])`

/** All that comments of a consultation are on, from one to the next: never through the comments. */
const allOf = (consultation: number, fate: RawBuilder<unknown>) => sql`(
  with recursive named (id) as (
    select min(provision) from comment where consultation = ${consultation} and ${fate}
    union all
    select (select min(provision) from comment
      where consultation = ${consultation} and ${fate} and provision > named.id)
    from named where named.id is not null
  )
  select id from named where id is not null
)`

/** One comment of a consultation; undefined where there is none, or where it came outside its days. */
export async function commentCalled(
  db: Db,
  consultation: number,
  { sourceId, id }: Pick<CommentPlace, 'sourceId' | 'id'>,
): Promise<ListedComment | undefined> {
  const { rows } = await sql<ListedComment>`
    select ${listed} from comment as said
    where source_id = ${sourceId}::int and id = ${id}::text and consultation = ${consultation}
      and is_published is not null
  `.execute(db)
  return rows[0]
}
