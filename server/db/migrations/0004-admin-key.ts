import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)

  // Until people have accounts: who may change policies over HTTP.
  await run(`
    create table admin_key (
      id          int generated always as identity primary key,
      name        text        not null unique,
      key_hash    bytea       not null unique,
      created_at  timestamptz not null default clock_timestamp(),
      disabled_at timestamptz
    )`)
}
