import type postgres from 'postgres'
import { earliest } from '#shared/events.ts'
import { REOPEN_WITHIN } from '#shared/measures/reopen-rate.ts'
import { HOUR, MINUTE } from '#shared/time.ts'
import type { Ticket } from '#shared/ticket.ts'
import type { Sql } from '../db/connect.ts'
import { copiedColumns, readTickets } from './read-tickets.ts'

/** A connection that stands in one transaction. */
export type Snapshot = postgres.TransactionSql<Record<string, unknown>>

/** Runs `read` in a snapshot: all it asks sees the database at one instant. */
export async function inSnapshot<T>(
  sql: Sql,
  read: (snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  const options = 'isolation level repeatable read read only'
  return (await sql.begin(options, (snapshot) => read(snapshot as unknown as Snapshot))) as T
}

/** Visits every ticket that contributes anything from `minute` on, or to a stock as it stands. */
export async function eachTicketSince(
  snapshot: Snapshot,
  minute: number,
  visit: (ticket: Ticket) => void,
): Promise<void> {
  // Nothing is dated before, and PostgreSQL does not read every year that a question may name.
  const from = Math.max(minute * MINUTE, earliest)
  const since = `timestamptz '${new Date(from).toISOString()}'`
  await copy(
    snapshot,
    `select ${copiedColumns} from ticket
     where status = 'open' or reopenings is not null
       or greatest(received_at, responded_at, respond_by, due_at, survey_at,
         closed_at + interval '${REOPEN_WITHIN / HOUR} hours') >= ${since}`,
    visit,
  )
}

/** Visits every ticket as it was when the journal stood at `seq`, which the snapshot knows. */
export async function eachTicketAt(
  snapshot: Snapshot,
  seq: number,
  visit: (ticket: Ticket) => void,
): Promise<void> {
  const later = `select batch from journal where seq > ${Number(seq)}`
  const now = `select ${copiedColumns} from ticket
    where not exists (${later} and journal.batch = ticket.batch)`
  const replaced = `select ${copiedColumns} from ticket_history
    where fate = 'replaced' and until_batch in (${later})
      and not exists (${later} and journal.batch = ticket_history.batch)`
  await copy(snapshot, `${now} union all ${replaced}`, visit)
}

async function copy(
  snapshot: Snapshot,
  query: string,
  visit: (ticket: Ticket) => void,
): Promise<void> {
  const stream = await snapshot.unsafe(`copy (${query}) to stdout (format binary)`).readable()
  await readTickets(stream, visit)
}
