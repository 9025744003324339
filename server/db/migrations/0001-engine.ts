import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)

  await run(`
    create table source (
      id           int generated always as identity primary key,
      name         text        not null unique,
      kind         text        not null,
      key_hash     bytea       not null unique,
      silent_after int         not null default 900 check (silent_after > 0),
      created_at   timestamptz not null default clock_timestamp(),
      disabled_at  timestamptz,
      heard_at     timestamptz,
      newest_at    timestamptz
    )`)

  await run(`
    create table policy (
      version int generated always as identity primary key,
      set_at  timestamptz not null default clock_timestamp(),
      body    jsonb       not null
    )`)

  // Facts keep the id that was first seen; merged_into is followed on reading.
  await run(`
    create table member (
      id            int generated always as identity primary key,
      dimension     text        not null,
      code          text        not null,
      spelling      text        not null,
      names         jsonb       not null default '{}',
      merged_into   int references member,
      first_seen_at timestamptz not null default clock_timestamp(),
      reviewed_at   timestamptz,
      unique (dimension, spelling)
    )`)

  await run(`
    create table member_alias (
      dimension text not null,
      spelling  text not null,
      member_id int  not null references member,
      primary key (dimension, spelling)
    )`)

  // No foreign key leaves this table: intake resolves every id itself, and a check per row is dear.
  await run(`
    create table ticket (
      source_id           int         not null,
      id                  text        not null,
      version             bigint      not null,
      digest              bytea       not null,
      batch               bigint      not null,
      status              text        not null,
      precision           text        not null,
      received_at         timestamptz not null,
      responded_at        timestamptz,
      respond_by          timestamptz,
      stated_due_at       timestamptz,
      due_at              timestamptz,
      closed_at           timestamptz,
      close_reason        text,
      reopenings          jsonb,
      agency              int         not null,
      area                int         not null,
      category            int         not null,
      channel             int         not null,
      language            int         not null,
      transfers           int         not null,
      survey_at           timestamptz,
      survey_resolved     boolean,
      survey_satisfaction smallint,
      satisfied           boolean,
      policy_version      int         not null,
      lat                 double precision,
      lon                 double precision,
      summary             text,
      duplicate_of        text,
      primary key (source_id, id)
    ) with (fillfactor = 85)`)
  await run(`create index ticket_received_at on ticket using brin (received_at)`)

  await run(`
    create table ticket_history (
      like ticket,
      until_batch bigint not null,
      fate        text   not null check (fate in ('replaced', 'superseded', 'stale'))
    )`)
  await run(`create index ticket_history_ticket on ticket_history (source_id, id)`)

  await run(`create sequence batch`)

  await run(`
    create table journal_head (
      one       boolean primary key default true check (one),
      seq       bigint      not null,
      newest_at timestamptz
    )`)
  await run(`insert into journal_head (seq) values (0)`)

  await run(`
    create table journal (
      seq           bigint      primary key check (seq > 0),
      batch         bigint      not null unique,
      at            timestamptz not null,
      kind          text        not null,
      contributions int         not null,
      events        int         not null,
      newest_at     timestamptz,
      delta         bytea       not null
    )`)
  await run(`alter table journal alter column delta set storage external`)
}
