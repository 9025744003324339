import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)

  // Who signed in, was refused, or is signed in no longer. No person: nobody whom we know. Never what was typed.
  await run(`
    create table account_event (
      id         bigint      generated always as identity primary key,
      at         timestamptz not null default clock_timestamp(),
      person_id  text,
      session_id text,
      kind       text        not null,
      way        text,
      why        text,
      route      text,
      device     text
    )`)
  await run(`create index account_event_person on account_event (person_id, id)`)
  await run(
    `create index account_event_session on account_event (session_id) where kind = 'signed-in'`,
  )
  await run(`revoke update, delete, truncate on account_event from public, current_user`)
  await run(`
    create trigger account_event_is_append_only before update or delete or truncate on account_event
    for each statement execute function refuse_change()`)
}
