import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  // Null: it came outside the days of its consultation, so it counts nowhere and is shown nowhere.
  for (const table of ['comment', 'comment_history', 'worded']) {
    await sql.raw(`alter table ${table} alter column is_published drop not null`).execute(db)
  }
}
