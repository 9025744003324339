import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)

  await run(`
    create table poll (
      id         int         primary key references member,
      source_id  int         not null,
      code       text        not null unique,
      version    bigint      not null,
      digest     bytea       not null,
      kind       text        not null check (kind in ('choices', 'agreement')),
      agency     int         not null,
      area       int         not null,
      category   int         not null,
      titles     jsonb       not null,
      summaries  jsonb,
      opens_at   timestamptz not null,
      closes_at  timestamptz not null,
      is_sealed  boolean     not null,
      has_form   boolean     not null,
      questions  jsonb       not null,
      groups     jsonb       not null
    )`)

  await run(`
    create table statement (
      id           int         primary key references member,
      poll         int         not null references poll,
      code         text        not null,
      source_id    int         not null,
      version      bigint      not null,
      digest       bytea       not null,
      received_at  timestamptz not null,
      texts        jsonb       not null,
      is_seed      boolean     not null,
      is_published boolean     not null,
      reason       text
    )`)
  await run(`create index statement_poll on statement (poll)`)

  // What one person said: of a poll (statement 0) all answers, of a statement the vote.
  await run(`
    create table answer (
      poll        int         not null,
      statement   int         not null,
      person      text        not null,
      source_id   int         not null,
      version     bigint      not null,
      digest      bytea       not null,
      batch       bigint      not null,
      answered_at timestamptz not null,
      counts_at   timestamptz not null,
      offered     int[]       not null,
      chosen      int[]       not null,
      vote        smallint,
      channel     int         not null,
      area        int         not null,
      groups      jsonb       not null,
      primary key (poll, statement, person)
    ) with (fillfactor = 85)`)

  await run(`
    create table answer_history (
      like answer,
      until_batch bigint      not null,
      fate        text        not null check (fate in ('replaced', 'superseded', 'stale')),
      kept_at     timestamptz not null default clock_timestamp()
    )`)
  await run(`create index answer_history_answer on answer_history (poll, statement, person)`)
  await run(`create index answer_history_until on answer_history (until_batch)`)

  // Who chose what by group: counted once when the poll has closed, and never again.
  await run(`
    create table poll_breakdown (
      poll int         primary key references poll,
      at   timestamptz not null default clock_timestamp(),
      told jsonb       not null
    )`)
}
