import { sql } from 'kysely'
import type { Comment, WithholdReason } from '#shared/consultations/comment.ts'
import type { Db } from '../db/connect.ts'
import type { Fate } from '../db/ticket-tables.ts'
import type { CommentRow } from './row.ts'
import type { Days } from './within-days.ts'

const names =
  sql.raw(`source_id, id, version, digest, consultation, draft, provision, area, channel,
  language, received_at, is_published, reason, stance, speaker, person, text, proposal, organisation`)

const namesOfBefore = sql.raw(`(before).source_id, (before).id, (before).version, (before).digest,
  (before).consultation, (before).draft, (before).provision, (before).area, (before).channel,
  (before).language, (before).received_at, (before).is_published, (before).reason, (before).stance,
  (before).speaker, (before).person, (before).text, (before).proposal, (before).organisation,
  (before).withheld_as, (before).moderation`)

const fromExcluded = sql.raw(
  [
    ...['version', 'digest', 'consultation', 'draft', 'provision', 'area', 'channel', 'language'],
    ...['received_at', 'reason', 'stance', 'speaker', 'person', 'text', 'proposal', 'organisation'],
  ]
    .map((name) => `${name} = excluded.${name}`)
    .join(', '),
)

/** A table expression of the rows, in their order. */
function told(rows: readonly CommentRow[]) {
  const json = JSON.stringify(
    rows.map((row) => ({ ...row, digest: Buffer.from(row.digest).toString('hex') })),
  )
  return sql`(
    select "sourceId", id, version, decode(digest, 'hex'), consultation, draft, provision, area, channel,
      language, to_timestamp("receivedAt" / 1000.0), "isPublished", reason, stance, speaker, person, text,
      proposal, organisation
    from jsonb_to_recordset(${json}::text::jsonb) as one ("sourceId" int, id text, version bigint,
      digest text, consultation int, draft int, provision int, area int, channel int, language int,
      "receivedAt" bigint, "isPublished" boolean, reason text, stance text, speaker text, person text,
      text text, proposal text, organisation text)
  )`
}

/** What an upsert did to one row: `oldVersion` is null for a comment never seen before. */
export interface UpsertedComment
  extends Pick<CommentRow, 'sourceId' | 'id' | 'speaker' | 'person'>, Comment {
  oldVersion: number | null
  oldDigest: Buffer | null
  /** As it is now: what the secretariat withholds stays withheld, whatever version comes. */
  isPublishedNow: boolean | null
}

/** What an update did to the row whose former values are `before`. */
const changed = sql.raw(`(before).consultation, (before).area, (before).provision, (before).channel,
  (before).language, (before).received_at as "receivedAt", (before).is_published as "isPublished",
  (before).stance, (before).speaker, (before).person, is_published_now as "isPublishedNow"`)

/**
 * Writes every row that is newer than what is stored, keeps what it replaces in the history, and answers
 * for each row it wrote the comment as it was before. `rows` are sorted by key (`inKeyOrder`).
 */
export async function upsertComments(
  db: Db,
  rows: readonly CommentRow[],
  batch: number,
): Promise<UpsertedComment[]> {
  const { rows: upserted } = await sql<UpsertedComment>`
    with written as (
      insert into comment (${names}, batch)
      select *, ${batch}::bigint from ${told(rows)} as incoming
      on conflict (source_id, id) do update set ${fromExcluded}, batch = excluded.batch,
        is_published = excluded.is_published
          and (comment.withheld_as is null or excluded.is_published is null)
      where excluded.version > comment.version
      returning old as before, new.source_id, new.id, new.is_published as is_published_now
    ), kept as (${keepBefore(batch)} from written where (before).id is not null)
    select source_id as "sourceId", id, (before).version as "oldVersion",
      (before).digest as "oldDigest", ${changed}
    from written
  `.execute(db.withoutPlugins())
  return upserted
}

const keepBefore = (batch: number) => sql`
  insert into comment_history (${names}, withheld_as, moderation, batch, until_batch, fate)
  select ${namesOfBefore}, (before).batch, ${batch}::bigint, 'replaced'`

/** A comment by the source that told it and its id there. */
export interface CommentKey {
  sourceId: number
  id: string
}

interface Ruling {
  moderation: number
  /** By which it was found; null: nothing had been done to it. */
  seen: number | null
  /** Null: it is published, unless its source withholds it. */
  withheldAs: WithholdReason | null
  batch: number
}

export type RuledComment = Omit<UpsertedComment, 'oldVersion' | 'oldDigest'>

/** Withholds a comment or lets it be published; undefined where something was done to it since it was found. */
export async function ruleOnComment(
  db: Db,
  { sourceId, id }: CommentKey,
  { moderation, seen, withheldAs, batch }: Ruling,
): Promise<RuledComment | undefined> {
  const { rows } = await sql<RuledComment>`
    with ruled as (
      update comment set withheld_as = ${withheldAs}::text, moderation = ${moderation}::bigint,
        is_published = case when is_published is not null
          then reason is null and ${withheldAs}::text is null end, batch = ${batch}::bigint
      where source_id = ${sourceId}::int and id = ${id}::text
        and moderation is not distinct from ${seen}::bigint
      returning old as before, new.source_id, new.id, new.is_published as is_published_now
    ), kept as (${keepBefore(batch)} from ruled)
    select source_id as "sourceId", id, ${changed} from ruled
  `.execute(db.withoutPlugins())
  return rows[0]
}

interface RulingByDays {
  consultation: number
  days: Days
  batch: number
}

/** Counts anew the comments that lie otherwise to the days of their consultation than they were counted. */
export async function ruleByDays(
  db: Db,
  { consultation, days: { opensAt, closesAt }, batch }: RulingByDays,
): Promise<RuledComment[]> {
  const within = sql`(received_at >= to_timestamp(${opensAt}::bigint / 1000.0)
    and received_at < to_timestamp(${closesAt}::bigint / 1000.0))`
  const { rows } = await sql<RuledComment>`
    with astray as materialized (
      select source_id, id from comment
      where consultation = ${consultation} and ${within} = (is_published is null)
      order by source_id, id for update
    ), ruled as (
      update comment set is_published = case when is_published is null
        then reason is null and withheld_as is null end, batch = ${batch}::bigint
      from astray where comment.source_id = astray.source_id and comment.id = astray.id
      returning old as before, new.source_id, new.id, new.is_published as is_published_now
    ), kept as (${keepBefore(batch)} from ruled)
    select source_id as "sourceId", id, ${changed} from ruled
  `.execute(db.withoutPlugins())
  return rows
}

export interface StoredComment {
  sourceId: number
  id: string
  version: number
  digest: Buffer
}

export async function storedComments(
  db: Db,
  rows: readonly CommentRow[],
): Promise<StoredComment[]> {
  const keys = JSON.stringify(rows.map(({ sourceId, id }) => ({ sourceId, id })))
  const { rows: stored } = await sql<StoredComment>`
    select comment.source_id, comment.id, comment.version, comment.digest
    from jsonb_to_recordset(${keys}::text::jsonb) as one ("sourceId" int, id text)
    join comment on comment.source_id = one."sourceId" and comment.id = one.id
  `.execute(db)
  return stored
}

/** Keeps versions that never were a comment's row. One that is kept already is not kept twice. */
export async function keepComments(
  db: Db,
  rows: readonly CommentRow[],
  { batch, fate }: { batch: number; fate: Fate },
): Promise<void> {
  await sql`
    insert into comment_history (${names}, batch, until_batch, fate)
    select distinct on (source_id, id, version) *, ${batch}::bigint, ${batch}::bigint, ${fate}
    from ${told(rows)} as incoming (${names})
    where not exists (
      select from comment_history kept
      where kept.source_id = incoming.source_id and kept.id = incoming.id
        and kept.version = incoming.version
    )
  `.execute(db)
}
