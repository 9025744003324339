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

/** Published comments, the newest first. */
export async function publishedComments(
  db: Db,
  { consultation, provisions, stance, after, limit }: Where,
): Promise<ListedComment[]> {
  const conditions = [
    sql`consultation = ${consultation} and is_published`,
    ...(provisions ? [sql`provision = any(${[...provisions]}::int[])`] : []),
    ...(stance ? [sql`stance = ${stance}`] : []),
    ...(after
      ? [
          sql`(received_at, source_id, id) <
            (to_timestamp(${after.at}::bigint / 1000.0), ${after.sourceId}::int, ${after.id}::text)`,
        ]
      : []),
  ]
  const { rows } = await sql<ListedComment>`
    select received_at as at, source_id, id, provision, stance, speaker, text, proposal, language
    from comment where ${sql.join(conditions, sql` and `)}
    order by received_at desc, source_id desc, id desc limit ${limit}
  `.execute(db)
  return rows
}
