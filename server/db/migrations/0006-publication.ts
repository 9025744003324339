import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)

  // What the public is told of closed dimensions and of surveys: written once, never changed. Local dates
  // are text, since the driver would make instants of them.
  await run(`
    create table publication (
      id            bigint generated always as identity primary key,
      kind          text        not null check (kind in ('counts', 'surveys')),
      dimension     text,
      days          int         not null check (days in (1, 7, 30, 90)),
      starts_on     text        not null,
      ends_on       text        not null,
      start_minute  bigint      not null,
      end_minute    bigint      not null check (end_minute > start_minute),
      seq           bigint      not null,
      minute        bigint      not null,
      at            timestamptz not null default clock_timestamp(),
      contributions int         not null,
      told          jsonb       not null,
      unique nulls not distinct (kind, dimension, days, starts_on)
    )`)

  // Since when the running servers publish: nothing older is published but on demand.
  await run(`
    create table publishing_since (
      one    boolean primary key default true check (one),
      minute bigint not null
    )`)
}
