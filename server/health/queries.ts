import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'

export interface Written {
  /** Milliseconds by the database's clock; null before the first row. */
  writtenAt: number | null
  schema: string
}

/** When a row of the journal was written, and the newest migration. */
export async function writtenAt(db: Db, seq: number): Promise<Written> {
  const { rows } = await sql<Written>`
    select (select at from journal where seq = ${seq}) as written_at,
      (select max(name) from kysely_migration) as schema
  `.execute(db)
  return rows[0]!
}
