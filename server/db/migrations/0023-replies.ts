import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)
  await run(`
    insert into act_kind (kind, roles, within)
    values ('reply.answered', '{official,secretariat}', true)`)
  // One to each provision and each group: two who answer at once are not both the first.
  await run(`
    create table reply (
      id            bigint primary key,
      version       int    not null,
      state         jsonb  not null,
      consultation  text   not null generated always as (state ->> 'consultation') stored,
      provision     int    generated always as ((state #>> '{about,provision}')::int) stored,
      comment_group bigint generated always as ((state #>> '{about,group}')::bigint) stored,
      constraint reply_about unique nulls not distinct (consultation, provision, comment_group)
    )`)
}
