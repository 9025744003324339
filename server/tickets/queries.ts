import { type RawBuilder, sql } from 'kysely'
import type { Ticket } from '#shared/ticket.ts'
import type { Db } from '../db/connect.ts'
import type { Fate } from '../db/ticket-tables.ts'
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
 * of the answer, but are locked until the transaction ends. `rows` are sorted by key (`inKeyOrder`).
 */
export function upsertTickets(
  db: Db,
  rows: readonly TicketRow[],
  batch: number,
): Promise<Upserted[]> {
  return upsert(db, rows, { batch, where: isNewer })
}

/** The same for rows that say what is stored, and another policy decided about: nobody is overruled. */
export function redecideTickets(
  db: Db,
  rows: readonly TicketRow[],
  batch: number,
): Promise<Upserted[]> {
  return upsert(db, rows, { batch, where: isDecidedOtherwise })
}

/** The same for a ticket that is locked, and an official says what of it is otherwise. */
export function correctTicket(db: Db, row: TicketRow, batch: number): Promise<Upserted[]> {
  return upsert(db, [row], { batch, where: isSameVersion })
}

/** Until the transaction ends nobody else changes it. */
export function lockTicket(
  trx: Db,
  { sourceId, id }: Pick<TicketRow, 'sourceId' | 'id'>,
): Promise<TicketRow | undefined> {
  return trx
    .selectFrom('ticket')
    .selectAll()
    .where('sourceId', '=', sourceId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
}

const isNewer = sql.raw(`excluded.version > ticket.version`)
const isSameVersion = sql.raw(
  `excluded.version = ticket.version and excluded.digest = ticket.digest`,
)
const isDecidedOtherwise = sql.raw(
  `excluded.version = ticket.version and excluded.digest = ticket.digest
    and excluded.correction is not distinct from ticket.correction
    and excluded.policy_version <> ticket.policy_version`,
)

interface Upserting {
  batch: number
  where: RawBuilder<unknown>
}

async function upsert(
  db: Db,
  rows: readonly TicketRow[],
  { batch, where }: Upserting,
): Promise<Upserted[]> {
  // Our names are given here: renaming every column of every row cost a twentieth of intake.
  const { rows: upserted } = await sql<Upserted>`
    with written as (
      insert into ticket (${columnNames}, batch, first_batch)
      select *, ${batch}::bigint, ${batch}::bigint from ${unnested(rows)} as incoming
      on conflict (source_id, id) do update set ${columnsFromExcluded}, batch = excluded.batch
      where ${where}
      returning old as before, new.source_id, new.id
    ), kept as (
      insert into ticket_history (${columnNames}, batch, until_batch, fate)
      select ${columnsOfBefore}, (before).batch, ${batch}::bigint, 'replaced'
      from written where (before).id is not null
    )
    select source_id as "sourceId", id, (before).version as "oldVersion",
      (before).digest as "oldDigest", (before).status, (before).precision,
      (before).received_at as "receivedAt", (before).responded_at as "respondedAt",
      (before).respond_by as "respondBy", (before).due_at as "dueAt",
      (before).closed_at as "closedAt", (before).close_reason as "closeReason",
      (before).reopenings, (before).agency, (before).area, (before).category, (before).channel,
      (before).language, (before).transfers, (before).survey_at as "surveyAt",
      (before).survey_resolved as "surveyResolved",
      (before).survey_satisfaction as "surveySatisfaction", (before).satisfied
    from written
  `.execute(db.withoutPlugins())
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
    select distinct on (source_id, id, version) *, ${batch}::bigint, ${batch}::bigint, ${fate}
    from ${unnested(rows)} as incoming
    where not exists (
      select from ticket_history kept
      where kept.source_id = incoming.source_id and kept.id = incoming.id
        and kept.version = incoming.version
    )
  `.execute(db)
}

/** A version that came: the ticket's row now, or one of its history. */
export interface KeptVersion extends TicketRow {
  batch: number
  fate: Fate | 'current'
  at: number | null
  source: string
}

/**
 * In order of version, and as one version was decided about again and again. A batch that changed
 * nothing is in no journal row: then its own time is told.
 */
export async function keptVersions(db: Db, sourceId: number, id: string): Promise<KeptVersion[]> {
  const { rows } = await sql<KeptVersion>`
    select kept.*, source.name as source, coalesce(journal.at, kept.kept_at) as at
    from (
      select ${columnNames}, batch, 'current' as fate, null::timestamptz as kept_at from ticket
      union all
      select ${columnNames}, batch, fate, kept_at from ticket_history
    ) as kept
    join source on source.id = kept.source_id
    left join journal on journal.batch = kept.batch
    where kept.source_id = ${sourceId} and kept.id = ${id}
    order by kept.version, journal.seq
  `.execute(db)
  return rows
}
