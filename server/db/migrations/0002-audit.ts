import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)

  // Questions to every running process, and what each answered: of use for a minute, so not logged.
  await run(`
    create unlogged table audit_request (
      id        bigint generated always as identity primary key,
      asked_at  timestamptz not null default clock_timestamp(),
      questions jsonb       not null
    )`)
  await run(`
    create unlogged table audit_answer (
      request_id bigint not null references audit_request on delete cascade,
      process    text   not null,
      seq        bigint not null,
      minute     bigint not null,
      question   int    not null,
      answer     jsonb  not null,
      primary key (request_id, process, question)
    )`)

  // A version that came too late may have come in a batch that changed nothing, and so is in no journal row.
  await run(`alter table ticket_history add column kept_at timestamptz`)
  await run(`alter table ticket_history alter column kept_at set default clock_timestamp()`)
}
