import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'

export interface Missed {
  /** Late now, or answered or settled late. */
  flags: number
  /** Late now, or reviewed or decided late. */
  suggestions: number
}

/** Every deadline that was missed, however many. */
export async function countMissed(db: Db): Promise<Missed> {
  const { rows } = await sql<Missed>`
    select (select count(*) from flag where was_late or due_by < now) as flags,
      (select count(*) from suggestion where due_by < now
        or (state ->> 'reviewedAt')::bigint > (state ->> 'reviewBy')::bigint
        or (state ->> 'decidedAt')::bigint > (state ->> 'decideBy')::bigint) as suggestions
    from cast(extract(epoch from clock_timestamp()) * 1000 as bigint) as now
  `.execute(db)
  return rows[0]!
}
