import type postgres from 'postgres'
import { earliest } from '#shared/events.ts'
import { REOPEN_WITHIN } from '#shared/measures/reopen-rate.ts'
import { HOUR, MINUTE } from '#shared/time.ts'
import type { Ticket } from '#shared/ticket.ts'
import type { Sql } from '../db/connect.ts'
import { whileWanted } from '../db/while-wanted.ts'
import { copiedColumns, readTickets } from './read-tickets.ts'

/** A connection that stands in one transaction. */
export type Snapshot = postgres.TransactionSql<Record<string, unknown>>

/**
 * Runs `read` in a snapshot: all it asks sees the database at one instant. Aborted, it stops what the
 * database is doing for it and rejects with the signal's reason; the connection is free again then.
 */
export async function inSnapshot<T>(
  sql: Sql,
  read: (snapshot: Snapshot) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  signal?.throwIfAborted()
  const options = 'isolation level repeatable read read only'
  return (await sql.begin(options, (transaction) => {
    const snapshot = transaction as unknown as Snapshot
    return signal ? whileWanted(sql, { snapshot, signal }, () => read(snapshot)) : read(snapshot)
  })) as T
}

/** Visits every ticket that contributes anything from `minute` on, or to a stock as it stands. */
export async function eachTicketSince(
  snapshot: Snapshot,
  minute: number,
  visit: (ticket: Ticket) => void,
): Promise<void> {
  await copy(snapshot, ticketsSince(minute), visit)
}

/** The same, of the tickets as they were when the journal stood at `seq`, which the snapshot knows. */
export async function eachTicketAt(
  snapshot: Snapshot,
  { seq, minute }: { seq: number; minute?: number },
  visit: (ticket: Ticket) => void,
): Promise<void> {
  await copy(snapshot, ticketsAt(seq, minute), visit)
}

/** What a visit between two points of the journal finds: tickets as they were no longer, and as they then were. */
export interface Changes {
  ended: (ticket: Ticket) => void
  begun: (ticket: Ticket) => void
}

/** Visits what turns the tickets at `after` into those at `upTo`, both of which the snapshot knows. */
export async function eachChangeBetween(
  snapshot: Snapshot,
  { after, upTo }: { after: number; upTo: number },
  { ended, begun }: Changes,
): Promise<void> {
  const batches = `select batch from journal where seq > ${Number(after)} and seq <= ${Number(upTo)}`
  await copy(
    snapshot,
    `select ${copiedColumns} from ticket_history
      where fate = 'replaced' and until_batch in (${batches})`,
    ended,
  )
  // By what has an index: nothing finds a row by the batch that wrote it.
  const touched = `select source_id, id from ticket where first_batch in (${batches})
    union select source_id, id from ticket_history where until_batch in (${batches})`
  await copy(
    snapshot,
    `with touched as (${touched})
      select ${copiedColumns} from ticket join touched using (source_id, id)
        where batch in (${batches})
      union all select ${copiedColumns} from ticket_history join touched using (source_id, id)
        where fate = 'replaced' and batch in (${batches})`,
    begun,
  )
}

/** What of a ticket's row says what it counts for before an instant: what happened later is left out. */
const before = (row: string, end: string) => `(
  ${row}.status in ('open', 'closed'), ${row}.precision, ${row}.received_at, ${row}.respond_by,
  ${row}.due_at, ${row}.reopenings, case when ${row}.responded_at < ${end} then ${row}.responded_at end,
  case when ${row}.closed_at < ${end} then ${row}.closed_at end,
  case when ${row}.closed_at < ${end} then ${row}.close_reason end)`

/**
 * Visits tickets that came or were changed between two points of the journal and may count otherwise before a minute
 * for it: each as it was, withdrawn if it had not come yet, and at once after that as it is.
 */
export async function eachRevised(
  snapshot: Snapshot,
  { after, upTo, end }: { after: number; upTo: number; end: number },
  visit: (ticket: Ticket) => void,
): Promise<void> {
  const batches = `select batch from journal where seq > ${Number(after)} and seq <= ${Number(upTo)}`
  const minute = `timestamptz '${new Date(end * MINUTE).toISOString()}'`
  const unknown = copiedColumns.replace('status', `'withdrawn'`)
  await copy(
    snapshot,
    `with touched as (
      select source_id, id from ticket where first_batch in (${batches})
      union select source_id, id from ticket_history where until_batch in (${batches})
    ), was as (
      select ticket_history.* from ticket_history join touched using (source_id, id)
      where fate = 'replaced' and until_batch in (${batches}) and batch not in (${batches})
    ), revised as (
      select source_id, id, was.version is null as is_new
      from touched join ticket as told using (source_id, id) left join was using (source_id, id)
      where (told.received_at < ${minute} or told.closed_at < ${minute} or was.received_at < ${minute}
          or was.closed_at < ${minute})
        and ${before('told', minute)} is distinct from ${before('was', minute)}
    )
    select ${copiedColumns} from (
      select source_id, id, 1 as place, ${copiedColumns} from was join revised using (source_id, id)
      union all
      select source_id, id, 1, ${unknown} from ticket join revised using (source_id, id) where is_new
      union all
      select source_id, id, 2, ${copiedColumns} from ticket join revised using (source_id, id)
    ) as told order by source_id, id, place`,
    visit,
  )
}

/** How many tickets `eachTicketSince` would visit, or `eachTicketAt`: a fraction of the time it takes. */
export async function countTickets(
  snapshot: Snapshot,
  { seq, minute }: { seq: number | undefined; minute: number },
): Promise<number> {
  const query = seq === undefined ? ticketsSince(minute) : ticketsAt(seq, minute)
  const [row] = await snapshot.unsafe<{ n: number }[]>(`select count(*) as n from (${query}) as t`)
  return row!.n
}

function ticketsSince(minute: number): string {
  return `select ${copiedColumns} from ticket where ${contributesSince(minute)}`
}

function ticketsAt(seq: number, minute = -Infinity): string {
  const later = `select batch from journal where seq > ${Number(seq)}`
  const since = contributesSince(minute)
  const now = `select ${copiedColumns} from ticket
    where not exists (${later} and journal.batch = ticket.batch) and (${since})`
  const replaced = `select ${copiedColumns} from ticket_history
    where fate = 'replaced' and until_batch in (${later})
      and not exists (${later} and journal.batch = ticket_history.batch) and (${since})`
  return `${now} union all ${replaced}`
}

/** A close is counted once more when the time in which it may be reopened is over. */
const AFTER_CLOSE = `interval '${REOPEN_WITHIN / HOUR} hours'`

function contributesSince(minute: number): string {
  // Nothing is dated before, and PostgreSQL does not read every year that a question may name.
  const from = Math.max(minute * MINUTE, earliest)
  const since = `timestamptz '${new Date(from).toISOString()}'`
  return `status = 'open' or reopenings is not null or greatest(received_at, responded_at,
    respond_by, due_at, closed_at + ${AFTER_CLOSE}, survey_at) >= ${since}`
}

async function copy(
  snapshot: Snapshot,
  query: string,
  visit: (ticket: Ticket) => void,
): Promise<void> {
  const stream = await snapshot.unsafe(`copy (${query}) to stdout (format binary)`).readable()
  try {
    await readTickets(stream, visit)
  } catch (error) {
    // The driver waits for ever for what nobody reads, and the connection with it.
    stream.on('error', () => {}).resume()
    throw error
  }
}
