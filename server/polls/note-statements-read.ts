import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'

const WHAT = 'statements that are not published'

/**
 * Who read which statements that nobody else may read, as `POLL/ID`; before they are answered. An open desk asks for them
 * again and again: within an hour that is one reading.
 */
export async function noteStatementsRead(
  db: Db,
  person: string,
  of: readonly string[],
): Promise<void> {
  if (of.length === 0) return
  const ids = sql`${[...of]}::text[]`
  await sql`
    insert into personal_read (person_id, what, of)
    select ${person}::text, ${WHAT}::text, ${ids}
    where not exists (
      select from personal_read as noted
      where noted.at > clock_timestamp() - interval '1 hour' and noted.person_id = ${person}::text
        and noted.what = ${WHAT}::text and noted.of @> ${ids}
    )
  `.execute(db)
}
