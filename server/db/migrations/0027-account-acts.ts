import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)
  await run(`
    insert into act_kind (kind, roles, within)
    values ('account.invited', '{secretariat}', false), ('account.recovered', '{secretariat}', false)`)
  await run(`
    create table account (
      id        bigint primary key,
      version   int    not null,
      state     jsonb  not null,
      person_id text   generated always as (state ->> 'person') stored
    )`)
  await run(`create index account_person on account (person_id)`)
  // Null of the first account's, which nobody gives, and of what was made before it was an act.
  await run(`alter table invitation add column account_id bigint unique`)
}
