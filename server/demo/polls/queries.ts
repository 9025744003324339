import { sql } from 'kysely'
import type { Db } from '../../db/connect.ts'

/** When the newest answer to a poll was given; before all time when there is none. */
export async function newestTold(db: Db, code: string): Promise<number> {
  const { rows } = await sql<{ newest: number | null }>`
    select max(answered_at) as newest from answer join poll on poll.id = answer.poll where code = ${code}
  `.execute(db)
  return rows[0]!.newest ?? -Infinity
}
