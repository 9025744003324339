import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)

  // Who read which personal data of whom, kept as acts are; "of" holds ids of persons.
  await run(`
    create table personal_read (
      id        bigint      generated always as identity primary key,
      at        timestamptz not null default clock_timestamp(),
      person_id text        not null,
      what      text        not null,
      of        text[]      not null
    )`)
  await run(`create index personal_read_at on personal_read (at)`)
  await run(`revoke update, delete, truncate on personal_read from public, current_user`)
  await run(`
    create trigger personal_read_is_append_only before update or delete or truncate on personal_read
    for each statement execute function refuse_change()`)

  // Of whom a daily e-mail was made last, up to which seq; no row: never.
  await run(`
    create table digest (
      person_id text    primary key references person on delete cascade,
      is_on     boolean not null default true,
      day       text,
      seq       bigint
    )`)
}
