import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'
import { seenColumns, type SeenRow } from '../tickets/public-ticket.ts'

/** A batch that tickets came with; a policy that decides otherwise about them is none. */
export interface ToldBatch {
  batch: number
  events: number
  /** By the database's clock, and the newest event's time by then. */
  at: number
  newestAt: number | null
}

/** Those after row `after` of the journal up to row `upTo`, the newest first. */
export function batchesBetween(
  db: Db,
  { after, upTo, limit }: { after: number; upTo: number; limit: number },
): Promise<ToldBatch[]> {
  return db
    .selectFrom('journal')
    .select(['batch', 'events', 'at', 'newestAt'])
    .where('seq', '>', after)
    .where('seq', '<=', upTo)
    .where('kind', '=', 'tickets')
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
}

/** What a batch made of a ticket, and what that was before; undefined of a new one. */
export interface Change {
  batch: number
  after: SeenRow
  before: SeenRow | undefined
}

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const columnsOf = (table: string, prefix: string) =>
  sql.raw(seenColumns.map((one) => `${table}.${snake(one)} as "${prefix}${one}"`).join(', '))
const columns = (table: string) =>
  sql.raw(seenColumns.map((one) => `${table}.${snake(one)}`).join(', '))

/**
 * What some batches changed, each by itself, whatever came after them. Found by what is never updated: the
 * batch a ticket came with, and the batch until which a replaced version stood. Each of the few tickets is looked up by
 * itself (`offset 0`): joined, all tickets are read.
 */
export async function changesIn(db: Db, batches: readonly number[]): Promise<Change[]> {
  // Read once: as it stands it would be read again for each row that is looked at.
  const told = sql`((select ${`{${batches.join()}}`}::text::bigint[])::bigint[])`
  const { rows } = await sql<Record<string, unknown>>`
    with touched as (
      select source_id, id from ticket where first_batch = any${told}
      union
      select source_id, id from ticket_history where until_batch = any${told} and fate = 'replaced'
    ), after as (
      select ${columns('ticket')}, ticket.batch
      from touched, lateral (
        select * from ticket as one
        where one.source_id = touched.source_id and one.id = touched.id offset 0
      ) as ticket
      where ticket.batch = any${told}
      union all
      select ${columns('kept')}, kept.batch
      from touched join ticket_history as kept using (source_id, id)
      where kept.batch = any${told} and kept.fate = 'replaced'
    )
    select after.batch, ${columnsOf('after', 'after_')}, ${columnsOf('before', 'before_')}
    from after left join ticket_history as before
      on before.source_id = after.source_id and before.id = after.id
        and before.until_batch = after.batch and before.fate = 'replaced'
  `.execute(db.withoutPlugins())
  return rows.map((row) => ({
    batch: row.batch as number,
    after: rowIn(row, 'after_'),
    before: row.before_id === null ? undefined : rowIn(row, 'before_'),
  }))
}

const names = {
  after_: seenColumns.map((name) => [name, `after_${name}`] as const),
  before_: seenColumns.map((name) => [name, `before_${name}`] as const),
}

function rowIn(row: Record<string, unknown>, prefix: keyof typeof names): SeenRow {
  const seen: Record<string, unknown> = {}
  for (const [name, column] of names[prefix]) seen[name] = row[column]
  return seen as SeenRow
}

/** Open tickets that became overdue in (from, to], the latest first; in milliseconds. */
export function fellDue(
  db: Db,
  { from, to, limit }: { from: number; to: number; limit: number },
): Promise<SeenRow[]> {
  const at = (time: number) => sql<number>`to_timestamp(${Math.floor(time)}::bigint / 1000.0)`
  return db
    .selectFrom('ticket')
    .select(seenColumns)
    .where('status', '=', sql.lit('open'))
    .where('dueAt', '>=', at(from))
    .where('dueAt', '<', at(to))
    .orderBy('dueAt', 'desc')
    .limit(limit)
    .execute()
}
