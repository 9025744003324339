import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'

/** What a measure means in a version of the code. */
export interface Meaning {
  measure: string
  version: number
  contributionsVersion: number
  /** Of all that is said of it, in hexadecimal; null where it was not noted yet. */
  sha256: string | null
}

/** Until the transaction ends nobody else notes definitions. */
export async function lockDefinitions(trx: Db): Promise<void> {
  await sql`lock table definition in share row exclusive mode`.execute(trx)
}

/** Of each measure the meaning that was noted last. */
export async function newestMeanings(db: Db): Promise<Meaning[]> {
  return db
    .selectFrom('definition')
    .distinctOn('measure')
    .select(['measure', 'version', 'contributionsVersion', 'sha256'])
    .orderBy('measure')
    .orderBy('sinceSeq', 'desc')
    .execute()
}

export async function insertMeanings(
  db: Db,
  meanings: readonly Meaning[],
  sinceSeq: number,
): Promise<void> {
  await db
    .insertInto('definition')
    .values(meanings.map((meaning) => ({ ...meaning, sinceSeq })))
    .execute()
}

/** A measure's meaning that followed another one. */
export interface Change {
  measure: string
  version: number
  contributions: number
  seq: number
  /** By the database's clock. */
  at: number
  /** The newest event's time then. */
  newestAt: number | null
}

/** In order of the journal. The first meaning of a measure changes nothing, nor do other words for the same one. */
export async function definitionChanges(db: Db): Promise<Change[]> {
  const { rows } = await sql<Change>`
    select measure, version, contributions_version as contributions, since_seq as seq,
      since_at as at, journal.newest_at
    from (
      select *, lag(version) over own as was, lag(contributions_version) over own as counted_by
      from definition window own as (partition by measure order by since_seq)
    ) as noted
    left join journal on journal.seq = since_seq
    where was <> version or counted_by <> contributions_version
    order by since_seq, measure
  `.execute(db)
  return rows
}
