import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'
import type { JournalKind } from '../db/journal-tables.ts'

export interface JournalRow {
  seq: number
  at: number
  kind: JournalKind
  contributions: number
  newestAt: number | null
  delta: Uint8Array
}

export interface Entry {
  batch: number
  kind: JournalKind
  contributions: number
  events: number
  /** The newest time told by the batch, in milliseconds. */
  newestAt: number | null
  delta: Uint8Array
}

/** The id of a new batch. Not an order of anything: that is `seq`. */
export async function nextBatch(db: Db): Promise<number> {
  const { rows } = await sql<{ batch: number }>`select nextval('batch') as batch`.execute(db)
  return rows[0]!.batch
}

export interface Appended {
  seq: number
  /** The newest policy version: none is set between this and the end of the transaction. */
  policyVersion: number
}

/**
 * Appends a row and answers its `seq`. Holds the one-row counter until the transaction ends, so that
 * `seq` has no gaps and becomes visible in order: call it last.
 */
export async function appendToJournal(db: Db, entry: Entry): Promise<Appended> {
  const { rows } = await sql<Appended>`
    with head as (
      update journal_head set
        seq = seq + 1,
        newest_at = greatest(newest_at, to_timestamp(${entry.newestAt}::bigint / 1000.0))
      returning seq, newest_at, policy_version
    )
    insert into journal (seq, batch, at, kind, contributions, events, newest_at,
      policy_version, delta)
    select seq, ${entry.batch}::bigint, clock_timestamp(), ${entry.kind}, ${entry.contributions}::int,
      ${entry.events}::int, newest_at, policy_version, ${entry.delta}::bytea
    from head
    returning seq, policy_version
  `.execute(db)
  return rows[0]!
}

/** Until the transaction ends no policy is set, and nobody else writes to the journal. */
export async function lockJournal(trx: Db): Promise<void> {
  await sql`select from journal_head for update`.execute(trx)
}

export interface Head {
  seq: number
  /** The newest event's time. */
  newestAt: number | null
  /** The database's clock. */
  now: number
  /** The newest policy version. */
  policyVersion: number
}

export async function journalHead(db: Db): Promise<Head> {
  const { rows } = await sql<Head>`
    select seq, newest_at, clock_timestamp() as now, policy_version from journal_head
  `.execute(db)
  return rows[0]!
}

export function journalAfter(db: Db, seq: number, limit: number): Promise<JournalRow[]> {
  return db
    .selectFrom('journal')
    .select(['seq', 'at', 'kind', 'contributions', 'newestAt', 'delta'])
    .where('seq', '>', seq)
    .orderBy('seq')
    .limit(limit)
    .execute()
}

/** The doorbell: after the commit, one for a batch. Who hears it looks at the journal. */
export async function ring(db: Db): Promise<void> {
  await sql`notify journal`.execute(db)
}
