import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'

export interface Place {
  seq: number
  at: number
  newestAt: number | null
}

/** The journal's rows `seq` and the next, as far as they exist. */
export function placesAt(db: Db, seq: number): Promise<Place[]> {
  return db
    .selectFrom('journal')
    .select(['seq', 'at', 'newestAt'])
    .where('seq', 'in', [seq, seq + 1])
    .orderBy('seq')
    .execute()
}

/** True when row `seq` of the journal or a later one was written by another version of the contributions. */
export async function isWrittenOtherwise(db: Db, seq: number, version: number): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from journal where contributions < ${version}::int and seq >= ${seq}::bigint)
      or exists (select from journal where contributions > ${version}::int and seq >= ${seq}::bigint)
      as found
  `.execute(db)
  return rows[0]!.found
}
