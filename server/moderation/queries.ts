import { type RawBuilder, sql } from 'kysely'
import { isOf, latestFirst } from '../comment-groups/reading-queries.ts'
import type { CommentKey } from '../consultations/queries.ts'
import {
  type CommentPlace,
  isAfter,
  listed,
  type ListedComment,
  newestFirst,
} from '../consultations/reading-queries.ts'
import type { Db } from '../db/connect.ts'

/** What has been done to a comment of a consultation; undefined where there is none. */
export function moderationOf(
  db: Db,
  consultation: number,
  { sourceId, id }: CommentKey,
): Promise<{ moderation: number | null } | undefined> {
  return db
    .selectFrom('comment')
    .select('moderation')
    .where('sourceId', '=', sourceId)
    .where('id', '=', id)
    .where('consultation', '=', consultation)
    .executeTakeFirst()
}

interface Page {
  after: CommentPlace | undefined
  limit: number
}

/** Comments of a group, published or not, the newest first. */
export const commentsOfGroup = (
  db: Db,
  { consultation, group, ...page }: Page & { consultation: number; group: number },
): Promise<ListedComment[]> =>
  commentsWorded(
    db,
    sql`with whole as materialized (
        select coalesce(merged_into, id) as id from comment_group
        where id = ${group}::bigint and consultation = ${consultation}
      ), part as materialized (
        select id from whole
        union all
        select part.id from whole join comment_group part on part.merged_into = whole.id
      )
      select wording.id from part join wording on wording.comment_group = part.id`,
    page,
  )

/** Texts that are looked through one by one, and texts that are taken from the index of words. */
const [NEWEST, INDEXED] = [4000, 2000]

interface Search {
  consultation: number
  /** As `searchQuery` makes it. */
  query: string
}

/**
 * Comments that match, published or not, the newest first: as everybody's search does it, what many say among the newest
 * texts, and only what few say there by the index as well.
 */
export async function commentsFound(
  db: Db,
  { consultation, query, ...page }: Page & Search,
): Promise<ListedComment[]> {
  const near = amongNewest({ consultation, query })
  const found = await commentsWorded(db, near, page)
  if (found.length >= page.limit) return found
  return commentsWorded(db, sql`${near} union ${amongIndexed({ query })}`, page)
}

const amongNewest = ({ consultation, query }: Search) => sql`
  select id from (
    select id, words from wording where ${isOf(consultation, Number.MAX_SAFE_INTEGER)}
    ${latestFirst} limit ${NEWEST}
  ) as newest where words @@ ${query}::tsquery`

const amongIndexed = ({ query }: Pick<Search, 'query'>) => sql`
  select wordings_with(${query}::tsquery, ${Number.MAX_SAFE_INTEGER}::bigint, ${INDEXED})`

/**
 * A page of what says these wordings, and a letter may have come a million times in a thousand of them: its comments are
 * of the wordings that were said last, so of all others no more than one is read.
 */
async function commentsWorded(
  db: Db,
  wordings: RawBuilder<unknown>,
  { after, limit }: Page,
): Promise<ListedComment[]> {
  const newestOf = (wording: RawBuilder<unknown>, fate: RawBuilder<unknown>, most: number) => sql`(
    select said.received_at, said.source_id, said.id from worded as said
    where said.wording = ${wording} and said.is_published = ${fate}
      ${after ? sql`and ${isAfter(after)}` : sql``}
    ${newestFirst} limit ${most})`
  const { rows } = await sql<ListedComment>`
    with last as materialized (
      select worded_so.id as wording, fate.is_published from (${wordings}) as worded_so (id),
        (values (true), (false)) as fate (is_published),
        lateral ${newestOf(sql`worded_so.id`, sql`fate.is_published`, 1)} as said
      ${newestFirst} limit ${limit}
    ), newest as materialized (
      select said.source_id, said.id from last,
        lateral ${newestOf(sql`last.wording`, sql`last.is_published`, limit)} as said
      ${newestFirst} limit ${limit}
    )
    select ${listed} from newest join comment as said using (source_id, id)
    ${newestFirst} limit ${limit}
  `.execute(db)
  return rows
}

export interface NearlySame extends CommentKey {
  group: number
  comments: number
}

/** Of each of these comments the group that it is in, where two or more of that are published. */
export async function groupsOf(db: Db, comments: readonly CommentKey[]): Promise<NearlySame[]> {
  const keys = JSON.stringify(comments.map(({ sourceId, id }) => ({ sourceId, id })))
  const { rows } = await sql<NearlySame>`
    select worded.source_id, worded.id, whole.id as "group", whole.comments
    from jsonb_to_recordset(${keys}::text::jsonb) as one ("sourceId" int, id text)
    join worded on worded.source_id = one."sourceId" and worded.id = one.id
    join wording on wording.id = worded.wording
    join comment_group part on part.id = wording.comment_group
    join comment_group whole on whole.id = coalesce(part.merged_into, part.id)
    where whole.comments > 1
  `.execute(db)
  return rows
}
