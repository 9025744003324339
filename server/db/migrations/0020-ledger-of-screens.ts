import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)

  // Filled at each migration with `publicNouns` of shared/oversight/public-nouns.ts, which is the list.
  await run(`create table public_noun (noun text primary key)`)
  await run(`
    create or replace function append_act_as_leaf(act act, at timestamptz) returns void language sql as $$
      select case when split_part(act.subject, ':', 1) in (select noun from public_noun)
        then append_leaf('act', act.canonical, act.id, at)
        else append_leaf('sealed', '{"sha256":"' || encode(act.hash, 'hex') || '"}', act.id, at)
      end
    $$`)

  // Of what walls showed, in which five minutes and at which leaf.
  await run(`
    create table screen (
      slot bigint primary key,
      leaf bigint not null unique
    )`)
  await run(`revoke update, delete, truncate on screen from public, current_user`)
  await run(`
    create trigger screen_is_append_only before update or delete or truncate on screen
    for each statement execute function refuse_change()`)

  // Tickets that came or were changed since the day was first told; so far an edition knew those since the last.
  await run(`alter table sheet add column tickets int not null default 0`)
  await run(`grant update on sheet to current_user`)
  await run(`alter table sheet disable trigger sheet_is_append_only`)
  await run(`
    with told as (
      select day, edition, sum(coalesce((convert_from(entry, 'UTF8')::jsonb #>> '{what,tickets}')::int, 0))
        over (partition by day order by edition) as tickets
      from sheet join leaf on leaf.index = sheet.leaf
    )
    update sheet set tickets = told.tickets from told
    where told.day = sheet.day and told.edition = sheet.edition`)
  await run(`alter table sheet enable trigger sheet_is_append_only`)
  await run(`revoke update on sheet from current_user`)
}
