import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)

  await run(`alter table poll add column takes_statements boolean not null default false`)
  // Neither published nor withheld for a reason: it waits.
  await run(`
    create index statement_waiting on statement (poll, received_at, id)
    where not is_published and reason is null`)

  await run(`
    insert into act_kind (kind, roles, within)
    values ('statement.moderated', '{secretariat}', true)`)
  await run(`
    create table ruling (
      id      bigint primary key,
      version int    not null,
      state   jsonb  not null
    )`)
}
