import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)
  // In hexadecimal, of all that is said of the measure; null of what was noted before this was.
  await run(`alter table definition add column sha256 text`)
}
