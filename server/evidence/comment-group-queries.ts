import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'

/** One text of a group as it stood at a point of the journal. */
export interface WordingThen {
  id: number
  /** Of its text, in hexadecimal. */
  hash: string
  comments: number
  /** Null where no comment said it. */
  firstAt: number | null
  lastAt: number | null
}

const later = (seq: number) => sql`select batch from journal where seq > ${seq}::bigint`

/**
 * Texts of a group with the comments that say so since then unchanged: what was changed later is told by
 * `changedSince`.
 */
export async function wordingsAt(
  db: Db,
  { group, seq }: { group: number; seq: number },
): Promise<WordingThen[]> {
  const { rows } = await sql<WordingThen>`
    with own as (
      select wording.id, wording.hash from wording join comment_group part on part.id = wording.comment_group
      where part.id = ${group}::bigint or part.merged_into = ${group}::bigint
    )
    select own.id, encode(own.hash, 'hex') as hash, count(comment.id)::int as comments,
      min(comment.received_at) as first_at, max(comment.received_at) as last_at
    from own
    left join worded on worded.wording = own.id and worded.is_published
    left join comment on comment.source_id = worded.source_id and comment.id = worded.id
      and comment.is_published and comment.batch not in (${later(seq)})
    group by own.id, own.hash
  `.execute(db)
  return rows
}

export interface CommentThen {
  text: string
  proposal: string | null
  receivedAt: number
}

/** Comments of a consultation that were published then, as they were before they were changed. */
export async function changedSince(
  db: Db,
  { consultation, seq }: { consultation: number; seq: number },
): Promise<CommentThen[]> {
  const { rows } = await sql<CommentThen>`
    select text, proposal, received_at from comment_history
    where consultation = ${consultation} and fate = 'replaced' and is_published
      and until_batch in (${later(seq)}) and batch not in (${later(seq)})
    limit 50000
  `.execute(db)
  return rows
}

export interface SaidFirst extends CommentThen {
  sourceId: number
  id: string
  provision: number
  language: number
}

/** The first comment that said a text then and says it still; undefined where all were changed. */
export async function firstWith(
  db: Db,
  { wording, seq }: { wording: number; seq: number },
): Promise<SaidFirst | undefined> {
  const { rows } = await sql<SaidFirst>`
    select comment.source_id, comment.id, comment.text, comment.proposal, comment.received_at,
      comment.provision, comment.language
    from worded join comment on comment.source_id = worded.source_id and comment.id = worded.id
    where worded.wording = ${wording}::bigint and worded.is_published and comment.is_published
      and comment.batch not in (${later(seq)})
    order by comment.received_at, comment.source_id, comment.id limit 1
  `.execute(db)
  return rows[0]
}
