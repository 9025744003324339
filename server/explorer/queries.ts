import { type RawBuilder, sql } from 'kysely'
import type { TicketSort } from '#shared/tickets.ts'
import { DAY } from '#shared/time.ts'
import type { Db } from '../db/connect.ts'
import { seenColumns, type SeenRow } from '../tickets/public-ticket.ts'
import type { TicketRow } from '../tickets/row.ts'

/** In which order: by a time, and the id where two are equal; the source last, so that no source shows. */
export interface Ordering {
  column: 'receivedAt' | 'dueAt' | 'closedAt'
  direction: 'asc' | 'desc'
}

/** The tickets that have the time that is sorted by, in its order; those without it by receipt. */
export function orderingOf(sort: TicketSort, order: 'asc' | 'desc', isTimed: boolean): Ordering {
  if (sort === 'age') return { column: 'receivedAt', direction: order === 'asc' ? 'desc' : 'asc' }
  const column = columns[sort]
  return { column: isTimed ? column : 'receivedAt', direction: order }
}

const columns = { received: 'receivedAt', due: 'dueAt', closed: 'closedAt' } as const

/** Null for a sort by a time that every ticket has. */
export function timeOf(sort: TicketSort): 'dueAt' | 'closedAt' | null {
  return sort === 'due' || sort === 'closed' ? columns[sort] : null
}

interface Listed extends Ordering {
  where: readonly RawBuilder<boolean>[]
  /** The rows behind this one, itself not included. */
  from?: { at: number; id: string; sourceId: number } | undefined
}

/** To be run as it is, or read with a database cursor. */
export function selectTickets(db: Db, { where, from, column, direction }: Listed) {
  const place = sql<boolean>`(${sql.ref(column)}, id, source_id)
    ${sql.raw(direction === 'asc' ? '>' : '<')}
    (to_timestamp(${from?.at ?? 0}::bigint / 1000.0), ${from?.id ?? ''}::text, ${from?.sourceId ?? 0}::int)`
  return where
    .reduce(
      (query, condition) => query.where(condition),
      db.selectFrom('ticket').select(seenColumns),
    )
    .$if(from !== undefined, (query) => query.where(place))
    .orderBy(column, direction)
    .orderBy('id', direction)
    .orderBy('sourceId', direction)
}

/** The sources that have a ticket of this id. */
export async function sourcesWith(db: Db, id: string): Promise<number[]> {
  const rows = await db.selectFrom('ticket').select('sourceId').where('id', '=', id).execute()
  return rows.map(({ sourceId }) => sourceId)
}

export type PlacedRow = SeenRow & Pick<TicketRow, 'lat' | 'lon'>

export function ticketOf(db: Db, sourceId: number, id: string): Promise<PlacedRow | undefined> {
  return db
    .selectFrom('ticket')
    .select([...seenColumns, 'lat', 'lon'])
    .where('sourceId', '=', sourceId)
    .where('id', '=', id)
    .executeTakeFirst()
}

const NEAR = 7 * DAY

/** Those that meet `where` and came within 7 days of it: open ones first, then the nearest in time. */
export function ticketsNear(
  db: Db,
  { sourceId, id, receivedAt }: Pick<SeenRow, 'sourceId' | 'id' | 'receivedAt'>,
  where: readonly RawBuilder<boolean>[],
): Promise<SeenRow[]> {
  const at = (time: number) => sql<number>`to_timestamp(${time}::bigint / 1000.0)`
  return where
    .reduce(
      (query, condition) => query.where(condition),
      db.selectFrom('ticket').select(seenColumns),
    )
    .where('receivedAt', '>=', at(receivedAt - NEAR))
    .where('receivedAt', '<=', at(receivedAt + NEAR))
    .where(sql<boolean>`(source_id, id) <> (${sourceId}::int, ${id}::text)`)
    .orderBy(sql`status <> 'open'`)
    .orderBy(sql`abs(extract(epoch from received_at - ${at(receivedAt)}))`)
    .orderBy('id')
    .orderBy('sourceId')
    .limit(10)
    .execute()
}

/** How many tickets meet `where`, by their member or status. */
export function countBy<Column extends 'agency' | 'area' | 'category' | 'status'>(
  db: Db,
  column: Column,
  where: RawBuilder<boolean>,
): Promise<{ key: SeenRow[Column]; tickets: number }[]> {
  return sql<{ key: SeenRow[Column]; tickets: number }>`
    select ${sql.ref(column)} as key, count(*) as tickets from ticket where ${where} group by 1
  `
    .execute(db)
    .then(({ rows }) => rows)
}

/** In milliseconds, until the transaction ends. */
export async function giveUpAfter(trx: Db, milliseconds: number): Promise<void> {
  await sql`select set_config('statement_timeout', ${String(milliseconds)}, true)`.execute(trx)
}
