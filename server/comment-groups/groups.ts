import { type Selectable, sql } from 'kysely'
import type { CommentGroup } from '#shared/consultations/comment.ts'
import type { Db } from '../db/connect.ts'
import type { Database } from '../db/schema.ts'

export type GroupRow = Selectable<Database['commentGroup']>

/** Groups by their ids, also those that were merged into others. */
export function groupsById(db: Db, ids: readonly number[]): Promise<GroupRow[]> {
  return db
    .selectFrom('commentGroup')
    .selectAll()
    .where('id', 'in', ids.length > 0 ? ids : [0])
    .execute()
}

export function mergedGroups(
  db: Db,
  consultation: number,
): Promise<{ id: number; mergedInto: number }[]> {
  return db
    .selectFrom('commentGroup')
    .select('id')
    .select(({ ref }) => ref('mergedInto').$notNull().as('mergedInto'))
    .where('consultation', '=', consultation)
    .where('mergedInto', 'is not', null)
    .execute()
}

/** What merged into a group that merges now goes along with it. */
export async function followMerges(
  db: Db,
  merges: readonly { from: number; into: number }[],
): Promise<void> {
  if (merges.length === 0) return
  await sql`
    update comment_group set merged_into = "into"
    from jsonb_to_recordset(${JSON.stringify(merges)}::text::jsonb) as one ("from" bigint, "into" bigint)
    where merged_into = "from"
  `.execute(db)
}

const columns = sql.raw(`id, consultation, merged_into, wordings, comments, last_at, first_at,
  first_source, first_id, area, provision, channel, language, batch`)

export async function writeGroups(db: Db, groups: readonly GroupRow[]): Promise<void> {
  const changed = ['merged_into', 'wordings', 'comments', 'last_at', 'first_at', 'first_source']
  const others = ['first_id', 'area', 'provision', 'channel', 'language', 'batch']
  const sets = [...changed, ...others].map((name) => `${name} = excluded.${name}`).join(', ')
  await sql`
    insert into comment_group (${columns})
    select id, consultation, "mergedInto", wordings, comments, to_timestamp("lastAt" / 1000.0),
      to_timestamp("firstAt" / 1000.0), "firstSource", "firstId", area, provision, channel, language,
      batch
    from jsonb_to_recordset(${JSON.stringify(groups)}::text::jsonb) as one (id bigint, consultation int,
      "mergedInto" bigint, wordings int, comments int, "lastAt" bigint, "firstAt" bigint,
      "firstSource" int, "firstId" text, area int, provision int, channel int, language int,
      batch bigint)
    on conflict (id) do update set ${sql.raw(sets)}
  `.execute(db)
}

/** Keeps as what groups were counted until this batch. */
export async function keepFirsts(
  db: Db,
  firsts: readonly (CommentGroup & { batch: number })[],
  untilBatch: number,
): Promise<void> {
  if (firsts.length === 0) return
  await sql`
    insert into comment_group_history (consultation, area, provision, channel, language, first_at,
      batch, until_batch)
    select consultation, area, provision, channel, language, to_timestamp("firstAt" / 1000.0), batch,
      ${untilBatch}::bigint
    from jsonb_to_recordset(${JSON.stringify(firsts)}::text::jsonb) as one (consultation int, area int,
      provision int, channel int, language int, "firstAt" bigint, batch bigint)
  `.execute(db)
}

export interface FirstComment extends CommentGroup {
  group: number
  sourceId: number
  id: string
  firstAt: number
}

/** The first published comment of each group; a group without any is not among them. */
export async function firstComments(db: Db, groups: readonly number[]): Promise<FirstComment[]> {
  const { rows } = await sql<FirstComment>`
    select one.id as "group", found.source_id, found.id, found.received_at as first_at,
      comment.consultation, comment.area, comment.provision, comment.channel, comment.language
    from unnest(${[...groups]}::bigint[]) as one (id), lateral (
      select earliest.* from comment_group part
      join wording on wording.comment_group = part.id, lateral (
        select received_at, source_id, worded.id from worded
        where worded.wording = wording.id and is_published
        order by received_at, source_id, worded.id limit 1
      ) as earliest
      where part.id = one.id or part.merged_into = one.id
      order by received_at, source_id, earliest.id limit 1
    ) as found
    join comment on comment.source_id = found.source_id and comment.id = found.id
  `.execute(db)
  return rows
}

/** When the last published comment of each group came. */
export async function lastTimes(
  db: Db,
  groups: readonly number[],
): Promise<{ group: number; lastAt: number | null }[]> {
  const { rows } = await sql<{ group: number; lastAt: number | null }>`
    select one.id as "group", (
      select max((select max(received_at) from worded
        where worded.wording = wording.id and is_published))
      from comment_group part join wording on wording.comment_group = part.id
      where part.id = one.id or part.merged_into = one.id
    ) as last_at
    from unnest(${[...groups]}::bigint[]) as one (id)
  `.execute(db)
  return rows
}
