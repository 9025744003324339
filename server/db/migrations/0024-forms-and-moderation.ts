import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)
  await run(`
    insert into act_kind (kind, roles, within) values
      ('form.switched', '{secretariat}', true),
      ('comment.withheld', '{secretariat}', true),
      ('comment.published', '{secretariat}', true)`)

  // What the secretariat said of a consultation's form, whatever its source says; null: nothing.
  await run(`alter table consultation add column form_is_on boolean`)
  await run(`
    create table form (
      id           bigint primary key,
      version      int    not null,
      state        jsonb  not null,
      consultation text   not null unique generated always as (state ->> 'consultation') stored
    )`)

  // A comment is published where neither its source, by `reason`, nor the secretariat, by `withheld_as`,
  // withholds it. What the secretariat did to it last is the newest act of `moderation`.
  for (const table of ['comment', 'comment_history']) {
    await run(`alter table ${table} add column organisation text, add column withheld_as text,
      add column moderation bigint`)
  }
  await run(`drop index comment_withheld`)
  // Of which a count reads nothing else.
  await run(`create index comment_withheld on comment (consultation, withheld_as, reason)
    where not is_published`)
  await run(`create index comment_newest_withheld on comment (consultation, provision, received_at desc)
    where not is_published`)
  await run(`
    create table moderation (
      id      bigint primary key,
      version int    not null,
      state   jsonb  not null
    )`)
}
