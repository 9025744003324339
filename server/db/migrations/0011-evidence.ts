import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)

  // Files lie in the database, so that a backup is whole. Named by what is in them: one file, one row.
  await run(`
    create table attachment (
      hash         bytea       primary key check (hash = sha256(body)),
      kind         text        not null check (kind in ('file', 'picture')),
      type         text        not null
        check (type in ('image/png', 'image/jpeg', 'image/webp', 'application/pdf')),
      body         bytea       not null check (octet_length(body) between 1 and 20971520),
      width        int,
      height       int,
      published_at timestamptz
    )`)
  // What is compressed already is not compressed again.
  await run('alter table attachment alter column body set storage external')

  // Until an act publishes a file, only those who brought it see it.
  await run(`
    create table attachment_upload (
      hash      bytea       not null references attachment on delete cascade,
      person_id text        not null,
      at        timestamptz not null default clock_timestamp(),
      primary key (hash, person_id)
    )`)
  await run('create index on attachment_upload (at)')

  await run(`
    create table evidence (
      hash      bytea       primary key check (hash = sha256(convert_to(canonical, 'UTF8'))),
      body      jsonb       not null check (body = canonical::jsonb),
      canonical text        not null,
      picture   bytea       references attachment,
      at        timestamptz not null default clock_timestamp()
    )`)
  await run('create index on evidence (picture) where picture is not null')

  await run(`
    create function refuse_evidence_change() returns trigger language plpgsql as $$
    begin
      raise exception 'rows of % are never changed or removed', tg_table_name;
    end $$`)
  await run(`
    create trigger append_only before update or delete or truncate on evidence
      for each statement execute function refuse_evidence_change()`)
}
