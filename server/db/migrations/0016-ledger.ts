import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)

  // Whoever adds a leaf holds this row until the end of the transaction: places have no gaps and become
  // visible in their order. Taken after the journal's counter, and last.
  await run(`
    create table ledger_head (
      one  boolean primary key default true check (one),
      size bigint  not null,
      link bytea
    )`)
  await run(`insert into ledger_head (size) values (0)`)
  await run(`
    create table leaf (
      index  bigint primary key,
      entry  bytea  not null,
      hash   bytea  not null,
      act_id bigint unique,
      constraint leaf_is_hashed check (hash = sha256('\\x00'::bytea || entry))
    )`)
  await run(`alter table leaf alter column entry set storage external`)
  // Of whole tiles of 256 hashes, the hash of the tile: level 1 of those of leaves, and so on.
  await run(`
    create table ledger_node (
      level int    not null check (level > 0),
      index bigint not null,
      hash  bytea  not null,
      primary key (level, index)
    )`)
  await run(`
    create table checkpoint (
      size bigint      primary key,
      root bytea       not null,
      note text        not null,
      at   timestamptz not null default clock_timestamp()
    )`)
  // No foreign key leads to what is append-only: to check one takes a right to update, which nobody has.
  // As verifier lines, the newest last.
  await run(`
    create table ledger_key (
      id   int  generated always as identity primary key,
      line text not null
    )`)
  await run(`
    create table cosignature (
      size bigint      not null,
      key  text        not null,
      line text        not null,
      at   timestamptz not null default clock_timestamp(),
      primary key (size, key)
    )`)
  // Of a local day what was told of the city at its end (edition 1), and each revision.
  await run(`
    create table sheet (
      day     text        not null,
      edition int         not null check (edition > 0),
      leaf    bigint      not null,
      seq     bigint      not null,
      at      timestamptz not null default clock_timestamp(),
      body    jsonb       not null,
      primary key (day, edition)
    )`)
  const kept = ['leaf', 'ledger_node', 'checkpoint', 'ledger_key', 'cosignature', 'sheet']
  for (const table of kept) {
    await forbidChanges(run, table)
  }
  await appendLeaves(db)
  await bindToTables(db)
  await appendWhatWasDone(run)
}

type Run = (text: string) => Promise<unknown>

async function forbidChanges(run: Run, table: string): Promise<void> {
  await run(`revoke update, delete, truncate on ${table} from public, current_user`)
  await run(`
    create trigger ${table}_is_append_only before update or delete or truncate on ${table}
    for each statement execute function refuse_change()`)
}

async function appendLeaves(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)
  // RFC 8785 of what comes from JSON as programs write it.
  await run(`
    create function canonical_json(value jsonb) returns text language sql immutable as $$
      select case jsonb_typeof(value)
        when 'object' then '{' || coalesce((select string_agg(to_json(key)::text || ':' || canonical_json(one), ','
          order by key collate "C") from jsonb_each(value) as each (key, one)), '') || '}'
        when 'array' then '[' || coalesce((select string_agg(canonical_json(one), ',' order by place)
          from jsonb_array_elements(value) with ordinality as each (one, place)), '') || ']'
        else value::text
      end
    $$`)
  // The entry is what is hashed. What would not fit into a bundle is there as its hash.
  await run(`
    create function append_leaf(type text, what text, act_id bigint default null, at timestamptz default null)
    returns bigint language plpgsql as $$
    declare
      head ledger_head;
      entry bytea;
      leaf bytea;
    begin
      if octet_length(what) > 65000 then
        what := '{"sha256":"' || encode(sha256(convert_to(what, 'UTF8')), 'hex') || '"}';
      end if;
      select * into head from ledger_head for update;
      entry := convert_to(
        '{"at":"' || to_char(coalesce(at, clock_timestamp()) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
        || '","index":' || head.size
        || ',"previous":' || coalesce('"' || encode(head.link, 'hex') || '"', 'null')
        || ',"type":"' || type || '","what":' || what || '}', 'UTF8');
      leaf := sha256('\\x00'::bytea || entry);
      insert into leaf (index, entry, hash, act_id) values (head.size, entry, leaf, append_leaf.act_id);
      update ledger_head set size = size + 1, link = leaf;
      return head.size;
    end $$`)
}

/** In the transaction of what is done, whoever does it. */
async function bindToTables(db: Kysely<never>): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select quote_ident(current_schema()) as name
  `.execute(db)
  const run = (text: string) => sql.raw(text).execute(db)
  const guarded = `security definer set search_path = ${rows[0]!.name}, pg_temp`

  // What stands on desks only, as templates do, is there as the hash of the act.
  await run(`
    create function append_act_as_leaf(act act, at timestamptz) returns void language sql as $$
      select case when split_part(act.subject, ':', 1) in ('appointment', 'flag', 'suggestion')
        then append_leaf('act', act.canonical, act.id, at)
        else append_leaf('sealed', '{"sha256":"' || encode(act.hash, 'hex') || '"}', act.id, at)
      end
    $$`)
  await run(`
    create function append_act() returns trigger language plpgsql ${guarded} as $$
    begin
      perform append_act_as_leaf(new, null);
      return null;
    end $$`)
  await run(`
    create trigger act_is_a_leaf after insert on act for each row execute function append_act()`)

  // At the end of the transaction: their journal's row is written after them.
  await run(`
    create function append_row() returns trigger language plpgsql ${guarded}
    set timezone = 'UTC' as $$
    declare
      row jsonb := to_jsonb(new) - 'set_by' - 'since_at' - 'set_at';
    begin
      perform append_leaf(tg_table_name, canonical_json(row));
      return null;
    end $$`)
  for (const table of ['policy', 'definition']) {
    await run(`
      create constraint trigger ${table}_is_a_leaf after insert on ${table}
      deferrable initially deferred for each row execute function append_row()`)
  }
}

/** What was done before there was a ledger, in its order, dated as it was done but never backwards. */
async function appendWhatWasDone(run: Run): Promise<void> {
  await run(`
    do $$
    declare
      done record;
    begin
      for done in
        select act, max(at) over (order by seq, id) as not_before from act order by seq, id
      loop
        perform append_act_as_leaf(done.act, done.not_before);
      end loop;
      for done in select to_jsonb(policy) - 'set_by' - 'set_at' as row from policy order by version loop
        perform append_leaf('policy', canonical_json(done.row));
      end loop;
      for done in
        select to_jsonb(definition) - 'since_at' as row from definition order by since_seq, measure
      loop
        perform append_leaf('definition', canonical_json(done.row));
      end loop;
    end $$`)
}
