import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)
  await run(`
    insert into act_kind (kind, roles, within)
    values ('ticket.corrected', '{official,secretariat}', true)`)
  await run(`
    create table correction (
      id      bigint primary key,
      version int    not null,
      state   jsonb  not null
    )`)

  // The act by which a version of the source stands corrected; null: it stands as its source told it.
  for (const table of ['ticket', 'ticket_history']) {
    await run(`alter table ${table} add column correction bigint`)
  }
  await run(`
    create index ticket_corrected on ticket (correction) where correction is not null`)
}
