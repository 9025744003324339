import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)
  await run(`
    insert into act_kind (kind, roles, within) values ('text.withheld', '{secretariat}', false)`)
  await run(`
    create table withholding (
      id      bigint primary key,
      version int    not null,
      state   jsonb  not null,
      act_id  bigint not null generated always as ((state ->> 'act')::bigint) stored
    )`)
  await run(`create index withholding_act on withholding (act_id)`)
  await tellTexts(run)
  await indexWords(run)
  await leaveTexts(run)
  await speakWhereItTouches(db)
  await run(`update flag set state = state || '{"isSettledByAnswerer": false}'`)
}

type Run = (text: string) => Promise<unknown>

/** How every public answer comes to a text, so that one rule hides contacts and tells what was taken down. */
async function tellTexts(run: Run): Promise<void> {
  await run(`
    create function public_text(act bigint, name text) returns text language sql stable as $$
      select without_contacts(act_text.text) from act_text
      where act_text.act_id = public_text.act and act_text.name = public_text.name
    $$`)

  // Of an appointment, as the register has it; what was taken down is a sign there, as contacts are.
  await run(`
    create function register_text(act bigint, name text) returns text language sql stable as $$
      select coalesce(act_text.text, '•••') from act_text
      where act_text.act_id = register_text.act and act_text.name = register_text.name
    $$`)

  // By the names of an act's texts when they were taken down and on which ground; null: none was.
  await run(`
    create function withheld_in(act bigint) returns jsonb language sql stable as $$
      select jsonb_object_agg(name, jsonb_build_object('act', withholding.id, 'ground', state -> 'ground',
        'at', to_char(to_timestamp((state ->> 'at')::bigint / 1000.0) at time zone 'UTC',
          'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
      from withholding, jsonb_array_elements_text(state -> 'texts') as name
      where act_id = withheld_in.act
    $$`)
  // Public texts are found by what is told of them.
  await run(`drop index act_text_words`)
}

/**
 * What suggestions are found by, and by what they are alike, made of their texts whenever these are written
 * or taken down.
 */
async function indexWords(run: Run): Promise<void> {
  await run(`alter table suggestion drop column words, drop column shingles`)
  await run(`
    create table suggestion_words (
      id       bigint primary key,
      words    text   not null,
      shingles text   not null
    )`)
  await run(
    `create index suggestion_words_words on suggestion_words using gin (words gin_trgm_ops)`,
  )
  await run(`
    create index suggestion_words_shingles on suggestion_words using gin (shingles gin_trgm_ops)`)
  await run(`
    create function index_words() returns trigger language plpgsql as $$
    begin
      insert into suggestion_words (id, words, shingles)
      select act_id,
        text_as_searched(without_contacts(concat(title, ' ', text, ' ', why))),
        shingled(without_contacts(concat(title, ' ', left(text, 1000))))
      from (
        select act_id, max(text) filter (where name = 'title') as title,
          max(text) filter (where name = 'text') as text, max(text) filter (where name = 'why') as why
        from act_text
        where act_id in (select touched.act_id from touched join suggestion on suggestion.id = touched.act_id)
        group by act_id
      ) as submitted
      on conflict (id) do update set words = excluded.words, shingles = excluded.shingles;
      return null;
    end $$`)
  for (const [name, when] of Object.entries({ written: 'insert', taken_down: 'update' })) {
    await run(`
      create trigger words_of_what_is_${name} after ${when} on act_text
      referencing new table as touched for each statement execute function index_words()`)
  }
}

/** States name the acts in which their texts stand, and repeat none. */
async function leaveTexts(run: Run): Promise<void> {
  const lastOf = (noun: string, done: string) => `
    select id from act where subject = '${noun}:' || ${noun}.id and kind in (${done})
    order by version desc limit 1`
  const kinds = (noun: string, ...done: string[]) => done.map((one) => `'${noun}.${one}'`).join()
  await run(`
    update appointment set state = state - '{name,title,appointingBody,instrument,reason}'::text[]
      || jsonb_build_object(
        'instrumentIn', (${lastOf('appointment', kinds('appointment', 'made', 'renewed'))}),
        'reasonIn', (${lastOf('appointment', kinds('appointment', 'suspended', 'resumed', 'revoked'))}))`)
  const reasoned = ['adopted', 'partly', 'declined', 'implemented', 'withdrawn', 'transferred']
  await run(`
    update suggestion set state = state - '{title,text,why,reason}'::text[]
      || jsonb_build_object(
        'reasonIn', (
          select case when kind = 'suggestion.reviewed' then null else id end from act
          where subject = 'suggestion:' || suggestion.id
            and kind in (${kinds('suggestion', 'reviewed', ...reasoned)})
          order by version desc limit 1),
        'endorsements', coalesce((
          select jsonb_agg(one - 'note' || jsonb_build_object('act', (
            select max(act.id) from act where subject = 'suggestion:' || suggestion.id
              and kind = 'suggestion.endorsed' and appointment_id = (one ->> 'appointment')::bigint))
            order by place)
          from jsonb_array_elements(state -> 'endorsements') with ordinality as made (one, place)), '[]'))`)
  await run(`
    insert into suggestion_words (id, words, shingles)
    select id,
      text_as_searched(without_contacts(concat(title, ' ', text, ' ', why))),
      shingled(without_contacts(concat(title, ' ', left(text, 1000))))
    from suggestion, lateral (
      select max(text) filter (where name = 'title') as title,
        max(text) filter (where name = 'text') as text, max(text) filter (where name = 'why') as why
      from act_text where act_id = suggestion.id) as submitted`)
}

/**
 * Who decides must be over a subject; who speaks, an observer, must be touched by it: what is about no area in
 * particular touches every one.
 */
async function speakWhereItTouches(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)
  await run(`alter table act_kind add column touches boolean not null default false`)
  await run(`update act_kind set touches = true where roles = '{observer}'`)
  const { rows } = await sql<{ name: string }>`
    select quote_ident(current_schema()) as name
  `.execute(db)
  const outside = (['agency', 'area', 'category'] as const).map((one) => {
    const list = { agency: 'agencies', area: 'areas', category: 'categories' }[one]
    return `when not (act_kind.touches and ${one} is null)
      and not covers(held.state #> '{jurisdiction,${list}}', ${one}) then '${one}'`
  })
  await run(`
    create or replace function act_refusal(appointment bigint, person text, kind text,
      agency int, area int, category int, at timestamptz) returns text language sql
    stable security definer set search_path = ${rows[0]!.name}, pg_temp as $$
      select case
        when held.id is null or held.person_id is distinct from person then 'none'
        when not coalesce(held.role = any (act_kind.roles), false) then 'role'
        when standing_at(held, at) <> 'current' then standing_at(held, at)
        when not act_kind.within then null
        ${outside.join(' ')}
      end
      from (select) as one
      left join appointment as held on held.id = act_refusal.appointment
      left join act_kind on act_kind.kind = act_refusal.kind
    $$`)
}
