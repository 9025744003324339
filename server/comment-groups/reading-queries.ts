import { sql } from 'kysely'
import type { Stance } from '#shared/consultations/comment.ts'
import type { Db } from '../db/connect.ts'

export interface ListedGroup {
  id: number
  comments: number
  wordings: number
  firstAt: number
  lastAt: number
  provision: number
  /** The row of the journal up to which comments were grouped then. */
  seq: number
}

const listed = sql`(select seq from grouped) as seq, id, comments, wordings, first_at, last_at, provision`

interface Page {
  consultation: number
  /** Of their first comment; undefined: any. */
  provisions?: readonly number[] | undefined
  /** The last of the page before. */
  after: { comments: number; id: number } | undefined
  limit: number
}

/** Groups of two published comments or more, the largest first. */
export async function largestGroups(
  db: Db,
  { consultation, provisions, after, limit }: Page,
): Promise<ListedGroup[]> {
  const place = after
    ? sql`and (comments < ${after.comments}::int
        or (comments = ${after.comments}::int and id > ${after.id}::bigint))
        and comments <= ${after.comments}::int`
    : sql``
  const { rows } = await sql<ListedGroup>`
    select ${listed} from comment_group
    where consultation = ${consultation} and comments > 1 ${place}
      ${provisions ? sql`and provision = any(${[...provisions]}::int[])` : sql``}
    order by comments desc, id limit ${limit}
  `.execute(db)
  return rows
}

/** The group that a number names now; undefined where none is published. */
export async function groupCalled(
  db: Db,
  consultation: number,
  id: number,
): Promise<ListedGroup | undefined> {
  const { rows } = await sql<ListedGroup>`
    select ${listed} from comment_group
    where id = (select coalesce(merged_into, id) from comment_group where id = ${id}::bigint)
      and consultation = ${consultation} and comments > 0
  `.execute(db)
  return rows[0]
}

export interface ListedWording {
  id: number
  group: number
  comments: number
  text: string
  proposal: string | null
  language: number
}

/** Of each group the wordings that are said most, after one of them. */
export async function wordingsOf(
  db: Db,
  groups: readonly number[],
  { after, limit }: { after?: { comments: number; id: number } | undefined; limit: number },
): Promise<ListedWording[]> {
  const place = after
    ? sql`and (comments < ${after.comments}::int
        or (comments = ${after.comments}::int and wording.id > ${after.id}::bigint))`
    : sql``
  const { rows } = await sql<ListedWording>`
    select said.id, one.id as "group", said.comments, first.text, first.proposal, first.language
    from unnest(${[...groups]}::bigint[]) with ordinality as one (id, place), lateral (
      select most.id, most.comments from comment_group part, lateral (
        select wording.id, wording.comments from wording
        where wording.comment_group = part.id and comments > 0 ${place}
        order by comments desc, wording.id limit ${limit}
      ) as most
      where part.id = one.id or part.merged_into = one.id
      order by most.comments desc, most.id limit ${limit}
    ) as said, ${commentOf('first', sql`received_at`)}
    order by one.place, said.comments desc, said.id
  `.execute(db)
  return rows
}

export interface FoundRow extends ListedWording {
  receivedAt: number
  provision: number
  stance: Stance | null
}

interface Search {
  consultation: number
  /** Of the last comment that says it; undefined: any. */
  provisions: readonly number[] | undefined
  /** As `searchQuery` makes it. */
  query: string
  /** The wording after which the page begins; later ones come first. */
  before: number
  limit: number
}

/** Texts that are looked through one by one, and texts that are taken from the index of words. */
const [NEWEST, INDEXED] = [4000, 10_000]

/**
 * Published texts that match, those that came last first. What many say is found among the newest, what few
 * say by its words; of what more than INDEXED texts say, though hardly any of the newest, only so many are
 * looked at, the earliest: so that no word costs more than another (I11).
 */
export async function foundWordings(db: Db, search: Search): Promise<FoundRow[]> {
  const near = await foundAmong(db, search, amongNewest(search))
  if (near.length >= search.limit) return near
  return foundAmong(db, search, amongIndexed(search))
}

/**
 * Texts of a consultation below an id, by the index of both: told apart, PostgreSQL takes what comes last of all for what
 * comes last of one, and reads past all others.
 */
export const isOf = (consultation: number, before: number) => sql`
  (consultation, id) >= (${consultation}::int, 0::bigint)
    and (consultation, id) < (${consultation}::int, ${before}::bigint)`
export const latestFirst = sql`order by consultation desc, id desc`

const amongNewest = ({ consultation, query, before }: Search) => sql`
  select id from (
    select id, words, comments from wording
    where ${isOf(consultation, before)}
    ${latestFirst} limit ${NEWEST}
  ) as newest where words @@ ${query}::tsquery and comments > 0`

const amongIndexed = ({ query, before }: Search) => sql`
  select wordings_with(${query}::tsquery, ${before}::bigint, ${INDEXED}) as id`

async function foundAmong(
  db: Db,
  { provisions, limit }: Search,
  among: ReturnType<typeof amongNewest>,
): Promise<FoundRow[]> {
  const last = commentOf('last', sql`received_at desc`)
  const onThese = provisions
    ? sql`, ${last} where last.provision = any(${[...provisions]}::int[])`
    : sql``
  const { rows } = await sql<FoundRow>`
    with page as materialized (
      select said.id from (${among}) as said ${onThese} order by said.id desc limit ${limit}
    )
    select said.id, coalesce(merged_into, comment_group.id) as "group", said.comments, last.text,
      last.proposal, last.language, last.received_at, last.provision, last.stance
    from page join wording said on said.id = page.id
    join comment_group on comment_group.id = said.comment_group,
      ${last}
    order by said.id desc
  `.execute(db)
  return rows
}

/** One published comment that says the wording `said`. */
const commentOf = (name: 'first' | 'last', order: ReturnType<typeof sql>) => sql`lateral (
  select comment.* from worded
  join comment on comment.source_id = worded.source_id and comment.id = worded.id
  where worded.wording = said.id and worded.is_published and comment.is_published
  order by worded.${order} limit 1
) as ${sql.ref(name)}`
