import { sql } from 'kysely'
import type { CommentAxis } from '#shared/consultations/comment.ts'
import type { Db } from '../db/connect.ts'

/** Journal rows at most that are taken at once, and written rows after which no more are. */
const [PAGE, ENOUGH] = [200, 1000]

/** Up to where all comments are grouped. Held until the transaction ends; undefined: another process holds it. */
export async function lockGrouped(db: Db): Promise<number | undefined> {
  const row = await db
    .selectFrom('grouped')
    .select('seq')
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  return row?.seq
}

export async function setGrouped(db: Db, seq: number): Promise<void> {
  await db.updateTable('grouped').set({ seq }).execute()
}

/** The batches that come next in the journal, as many as are worth a transaction. */
export async function nextBatches(
  db: Db,
  after: number,
): Promise<{ batches: number[]; seq: number } | undefined> {
  const rows = await db
    .selectFrom('journal')
    .select(['seq', 'batch', 'events'])
    .where('seq', '>', after)
    .where('kind', 'in', ['tickets', 'comments'])
    .orderBy('seq')
    .limit(PAGE)
    .execute()
  let events = 0
  const taken = rows.filter((row) => {
    const isTaken = events < ENOUGH
    events += row.events
    return isTaken
  })
  const last = taken.at(-1)
  return last && { batches: taken.map(({ batch }) => batch), seq: last.seq }
}

/** A comment as it is now, and as it was grouped before. */
export interface ChangedComment extends Record<CommentAxis, number> {
  sourceId: number
  id: string
  version: number
  receivedAt: number
  isPublished: boolean | null
  text: string
  proposal: string | null
  /** Null: it was not grouped yet. */
  wasWording: number | null
  wasPublished: boolean | null
  wasReceivedAt: number | null
  /** It may say something else than when it was grouped, if it was. */
  isReworded: boolean
}

/** Comments that these batches wrote last, the earliest first. */
export async function changedComments(
  db: Db,
  batches: readonly number[],
): Promise<ChangedComment[]> {
  const { rows } = await sql<ChangedComment>`
    select comment.source_id, comment.id, comment.version, comment.consultation, comment.area, comment.provision,
      comment.channel, comment.language, comment.received_at, comment.is_published, comment.text,
      comment.proposal, worded.wording as was_wording, worded.is_published as was_published,
      worded.received_at as was_received_at,
      worded.version is distinct from comment.version as is_reworded
    from comment
    left join worded on worded.source_id = comment.source_id and worded.id = comment.id
    where comment.batch = any(${[...batches]}::bigint[])
    order by comment.received_at, comment.source_id, comment.id
  `.execute(db)
  return rows
}

export interface Worded {
  sourceId: number
  id: string
  version: number
  wording: number
  isPublished: boolean | null
  receivedAt: number
}

/** Notes by which wording comments were grouped. */
export async function setWorded(db: Db, worded: readonly Worded[]): Promise<void> {
  await sql`
    insert into worded (source_id, id, version, wording, is_published, received_at)
    select "sourceId", id, version, wording, "isPublished", to_timestamp("receivedAt" / 1000.0)
    from jsonb_to_recordset(${JSON.stringify(worded)}::text::jsonb) as one ("sourceId" int, id text,
      version bigint, wording bigint, "isPublished" boolean, "receivedAt" bigint)
    on conflict (source_id, id) do update set version = excluded.version, wording = excluded.wording,
      is_published = excluded.is_published, received_at = excluded.received_at
  `.execute(db)
}
