import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)

  // What each measure meant since when: the journal's row of that number is the first of the new meaning.
  await run(`
    create table definition (
      measure               text        not null,
      version               int         not null,
      contributions_version int         not null,
      since_seq             bigint      not null,
      since_at              timestamptz not null default clock_timestamp(),
      primary key (measure, since_seq)
    )`)

  // Whether anything after a row was written by another version of the contributions.
  await run(`create index journal_contributions on journal (contributions, seq)`)
}
