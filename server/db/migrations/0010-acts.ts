import { type Kysely, sql } from 'kysely'
import { prepareActorRole } from './actor-role.ts'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)
  await prepareActorRole(db)

  // Who may do what, and whether its subject must lie in the jurisdiction: read by `act_refusal` alone.
  await run(`
    create table act_kind (
      kind   text    primary key,
      roles  text[]  not null,
      within boolean not null
    )`)
  await run(`
    insert into act_kind (kind, roles, within)
    select kind, '{secretariat}', false
    from unnest(array['made', 'renewed', 'suspended', 'resumed', 'revoked']) as done,
      lateral (select 'appointment.' || done as kind) as named`)

  // The fold of its acts; what is asked often or must hold in SQL is a column made of it.
  await run(`
    create table appointment (
      id        bigint primary key,
      version   int    not null,
      state     jsonb  not null,
      person_id text   not null generated always as (state ->> 'person') stored,
      role      text   not null generated always as (state ->> 'role') stored
                check (role in ('secretariat', 'official', 'observer')),
      -- Local dates, as text: to compare them is to compare days, and no cast depends on a setting.
      from_on   text   not null generated always as (state ->> 'from') stored,
      until_on  text   generated always as (state ->> 'until') stored,
      standing  text   not null generated always as (state ->> 'standing') stored
                check (standing in ('appointed', 'suspended', 'revoked'))
    )`)
  await run(`create index appointment_person on appointment (person_id)`)

  await run(`create sequence act_id`)
  // No foreign key leads here, since to check one takes a right to update, which nobody has; and none leaves,
  // since all who act at once would lock the same rows.
  await run(`
    create table act (
      id             bigint      primary key,
      at             timestamptz not null,
      person_id      text,
      appointment_id bigint,
      role           text,
      kind           text        not null,
      subject        text        not null,
      version        int         not null check (version > 0),
      agency         int,
      area           int,
      category       int,
      body           jsonb       not null,
      canonical      text        not null,
      hash           bytea       not null check (hash = sha256(convert_to(canonical, 'UTF8'))),
      seq            bigint      not null,
      key            uuid,
      unique (subject, version),
      check ((person_id is null) = (appointment_id is null) and (person_id is null) = (role is null))
    )`)
  await run(`create unique index act_key on act (person_id, key)`)
  await run(`create index act_seq on act (seq)`)

  // Free text and personal data, which an act only commits to: they may be taken down, never changed.
  await run(`
    create table act_text (
      act_id bigint not null,
      name   text   not null,
      salt   bytea,
      text   text,
      primary key (act_id, name),
      check ((salt is null) = (text is null))
    )`)

  await forbidChanges(run)
  await decideInOnePlace(db)
  await raiseSecondWall(run)
  await writeInOneStatement(run)
}

type Run = (text: string) => Promise<unknown>

/** Also to their owner; who may disable a trigger is found out by `npm run audit`. */
async function forbidChanges(run: Run): Promise<void> {
  await run(`revoke update, delete, truncate on act from public, current_user`)
  await run(`revoke delete, truncate on act_text from public, current_user`)
  await run(`
    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception '% is append-only: % is refused', tg_table_name, lower(tg_op)
        using errcode = 'insufficient_privilege';
    end $$`)
  await run(`
    create trigger act_is_append_only before update or delete or truncate on act
    for each statement execute function refuse_change()`)
  await run(`
    create trigger act_text_is_kept before delete or truncate on act_text
    for each statement execute function refuse_change()`)
  await run(`
    create function refuse_other_text() returns trigger language plpgsql as $$
    begin
      if exists (select from after where text is not null
        and not exists (select from before where before is not distinct from after)) then
        raise exception 'a text of an act may be taken down, not changed'
          using errcode = 'insufficient_privilege';
      end if;
      return null;
    end $$`)
  await run(`
    create trigger act_text_is_only_taken_down after update on act_text
    referencing old table as before new table as after
    for each statement execute function refuse_other_text()`)
}

/** I9 stands here and nowhere else: what writes an act and the policy that guards the table both ask it. */
async function decideInOnePlace(db: Kysely<never>): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select quote_ident(current_schema()) as name
  `.execute(db)
  const run = (text: string) => sql.raw(text).execute(db)
  // Asked by a role that may read nothing.
  const guarded = `stable security definer set search_path = ${rows[0]!.name}, pg_temp`

  await run(`
    create function local_date(at timestamptz) returns text language sql ${guarded} as $$
      select to_char(at at time zone coalesce(
        (select body ->> 'timeZone' from policy order by version desc limit 1), 'UTC'), 'YYYY-MM-DD')
    $$`)

  // Bounded by union, so that a circle of merges, which the rules refuse, would end.
  await run(`
    create function member_root(id int) returns int language sql ${guarded} as $$
      with recursive way as (
        select member.id, merged_into from member where member.id = member_root.id
        union
        select member.id, member.merged_into from member join way on member.id = way.merged_into
      )
      select way.id from way where merged_into is null
    $$`)

  // A list of members covers what is about one of them; null covers everything.
  await run(`
    create function covers(list jsonb, member int) returns boolean language sql ${guarded} as $$
      select list is null or list = 'null' or exists (
        select from jsonb_array_elements_text(list) as listed
        where member_root(listed::int) = member_root(member))
    $$`)

  await run(`
    create function standing_at(held appointment, at timestamptz) returns text language sql ${guarded} as $$
      select case
        when held.standing <> 'appointed' then held.standing
        when local_date(at) < held.from_on then 'upcoming'
        when local_date(at) > held.until_on then 'ended'
        else 'current'
      end
    $$`)

  // Null: it may. Else the first reason why not.
  await run(`
    create function act_refusal(appointment bigint, person text, kind text,
      agency int, area int, category int, at timestamptz) returns text language sql ${guarded} as $$
      select case
        when held.id is null or held.person_id is distinct from person then 'none'
        when not coalesce(held.role = any (act_kind.roles), false) then 'role'
        when standing_at(held, at) <> 'current' then standing_at(held, at)
        when not act_kind.within then null
        when not covers(held.state #> '{jurisdiction,agencies}', agency) then 'agency'
        when not covers(held.state #> '{jurisdiction,areas}', area) then 'area'
        when not covers(held.state #> '{jurisdiction,categories}', category) then 'category'
      end
      from (select) as one
      left join appointment as held on held.id = act_refusal.appointment
      left join act_kind on act_kind.kind = act_refusal.kind
    $$`)

  await run(`
    create function may_act(appointment bigint, person text, kind text,
      agency int, area int, category int, at timestamptz) returns boolean language sql ${guarded} as $$
      select act_refusal(appointment, person, kind, agency, area, category, at) is null
    $$`)

  await run(`
    create function is_about(subject text, person text) returns boolean language sql ${guarded} as $$
      select exists (select from appointment
        where 'appointment:' || id = subject and person_id = person)
    $$`)
}

/** Whoever writes as the role of appointees is held to the rule, whatever the program forgot. */
async function raiseSecondWall(run: Run): Promise<void> {
  await run(`grant insert on act to clerestory_actor`)
  await run(`alter table act enable row level security`)
  await run(`
    create policy only_current_appointees on act for insert to clerestory_actor with check (
      person_id = current_setting('clerestory.person', true)
      and may_act(appointment_id, person_id, kind, agency, area, category, clock_timestamp())
      and not is_about(subject, person_id)
    )`)
}

/**
 * All that an act writes, in one statement, so that the journal's counter waits for nobody's answer. Null:
 * the subject has another version by now. Each statement in it sees what was committed before it: an
 * appointment that is being changed is waited for, and asked as it then is.
 */
async function writeInOneStatement(run: Run): Promise<void> {
  await run(`
    create function write_act(noun text, subject_id bigint, state jsonb, texts jsonb, told jsonb,
      contributions int, delta bytea) returns bigint language plpgsql as $$
    declare
      before constant text := current_setting('role');
      found_rows int;
      head record;
    begin
      perform from appointment where id = (told ->> 'appointment_id')::bigint for share;
      if told ->> 'version' = '1' then
        execute format('insert into %I (id, version, state) values ($1, 1, $2)', noun)
          using subject_id, state;
      else
        execute format('update %I set version = version + 1, state = $2
          where id = $1 and version = $3 - 1', noun)
          using subject_id, state, (told ->> 'version')::int;
        get diagnostics found_rows = row_count;
        if found_rows = 0 then return null; end if;
      end if;
      insert into act_text (act_id, name, salt, text)
        select (told ->> 'id')::bigint, name, decode(salt, 'hex'), text
        from jsonb_to_recordset(texts) as one (name text, salt text, text text);
      update journal_head set seq = seq + 1 returning * into head;
      insert into journal (seq, batch, at, kind, contributions, events, newest_at, policy_version, delta)
        values (head.seq, nextval('batch'), clock_timestamp(), 'act', contributions, 1, head.newest_at,
          head.policy_version, delta);
      if told ->> 'person_id' is not null then
        perform set_config('clerestory.person', told ->> 'person_id', true),
          set_config('role', 'clerestory_actor', true);
      end if;
      insert into act select * from
        jsonb_populate_record(null::act, told || jsonb_build_object('seq', head.seq));
      perform set_config('role', before, true);
      return head.seq;
    end $$`)
}
