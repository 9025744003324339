import { sql } from 'kysely'
import type { Ticket } from '#shared/ticket.ts'
import type { Db } from '../db/connect.ts'
import type { Fate } from '../db/schema.ts'
import { columnNames, columnsFromExcluded, columnsOfBefore, unnested } from './columns.ts'
import type { TicketRow } from './row.ts'

/** What an upsert did to one row: `oldVersion` is null for a ticket never seen before. */
export interface Upserted extends Omit<Ticket, 'status' | 'receivedAt'> {
  sourceId: number
  id: string
  oldVersion: number | null
  oldDigest: Buffer | null
  status: Ticket['status'] | null
  receivedAt: number | null
}

/**
 * Writes every row that is newer than what is stored, keeps what it replaces in the history, and
 * answers for each row it wrote the ticket as it was before. Rows that are not newer are left out
 * of the answer, but are locked until the transaction ends. `rows` are sorted by key: two batches
 * that lock in different orders would wait for each other.
 */
export async function upsertTickets(
  db: Db,
  rows: readonly TicketRow[],
  batch: number,
): Promise<Upserted[]> {
  const { rows: upserted } = await sql<Upserted>`
    with written as (
      insert into ticket (${columnNames}, batch)
      select *, ${batch}::bigint from ${unnested(rows)} as incoming
      on conflict (source_id, id) do update set ${columnsFromExcluded}, batch = excluded.batch
      where excluded.version > ticket.version
      returning old as before, new.source_id, new.id
    ), kept as (
      insert into ticket_history (${columnNames}, batch, until_batch, fate)
      select ${columnsOfBefore}, (before).batch, ${batch}::bigint, 'replaced'
      from written where (before).id is not null
    )
    select source_id, id, (before).version as old_version, (before).digest as old_digest,
      (before).status, (before).precision, (before).received_at, (before).responded_at,
      (before).respond_by, (before).due_at, (before).closed_at, (before).close_reason,
      (before).reopenings, (before).agency, (before).area, (before).category, (before).channel,
      (before).language, (before).transfers, (before).survey_at, (before).survey_resolved,
      (before).survey_satisfaction, (before).satisfied
    from written
  `.execute(db)
  return upserted
}

export interface StoredVersion {
  sourceId: number
  id: string
  version: number
  digest: Buffer
}

export async function storedVersions(db: Db, rows: readonly TicketRow[]): Promise<StoredVersion[]> {
  const { rows: stored } = await sql<StoredVersion>`
    select ticket.source_id, ticket.id, ticket.version, ticket.digest
    from ${unnested(rows)} as incoming
    join ticket on ticket.source_id = incoming.source_id and ticket.id = incoming.id
  `.execute(db)
  return stored
}

/** Keeps versions that never were a ticket's row. One that is kept already is not kept twice. */
export async function keepInHistory(
  db: Db,
  rows: readonly TicketRow[],
  { batch, fate }: { batch: number; fate: Fate },
): Promise<void> {
  await sql`
    insert into ticket_history (${columnNames}, batch, until_batch, fate)
    select *, ${batch}::bigint, ${batch}::bigint, ${fate}
    from ${unnested(rows)} as incoming
    where not exists (
      select from ticket_history kept
      where kept.source_id = incoming.source_id and kept.id = incoming.id
        and kept.version = incoming.version
    )
  `.execute(db)
}
