import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)
  // Trusted: whoever may create in the database may make it.
  await sayWhoMay(run)
  await run(`
    create function text_as_searched(text text) returns text
    language sql immutable parallel safe as $$
      select lower(normalize(coalesce(text, ''), NFKC))
    $$`)
  await hideContacts(run)
  await shingle(run)
  await run(`
    create table suggestion (
      id           bigint primary key,
      version      int    not null,
      state        jsonb  not null,
      stage        text   not null generated always as (state ->> 'stage') stored
                   check (stage in ('submitted', 'under-review', 'adopted', 'partly', 'declined',
                     'implemented', 'withdrawn')),
      target       text   not null generated always as (state ->> 'target') stored
                   check (target in ('policy', 'rule', 'service', 'place')),
      agency       int    generated always as ((state ->> 'agency')::int) stored,
      area         int    generated always as ((state ->> 'area')::int) stored,
      category     int    generated always as ((state ->> 'category')::int) stored,
      author       bigint not null generated always as ((state #>> '{author,appointment}')::bigint) stored,
      endorsements int    not null generated always as (jsonb_array_length(state -> 'endorsements')) stored,
      -- Milliseconds; beyond all time where nothing is to be done.
      due_by       bigint not null generated always as (case state ->> 'stage'
                     when 'submitted' then (state ->> 'reviewBy')::bigint
                     when 'under-review' then (state ->> 'decideBy')::bigint
                     else 9007199254740991 end) stored,
      words        text   not null generated always as (text_as_searched(without_contacts(
                     coalesce(state ->> 'title', '') || ' ' || coalesce(state ->> 'text', '') || ' '
                       || coalesce(state ->> 'why', '')))) stored,
      shingles     text   not null generated always as (shingled(without_contacts(
                     coalesce(state ->> 'title', '') || ' ' || left(coalesce(state ->> 'text', ''), 1000)
                   ))) stored
    )`)
  await run(`create index suggestion_endorsed on suggestion (endorsements desc, id desc)`)
  await run(`create index suggestion_due on suggestion (due_by, id)`)
  await run(`create index suggestion_stage on suggestion (stage, id desc)`)
  await run(`create index suggestion_agency on suggestion (agency, id desc)`)
  await run(`create index suggestion_words on suggestion using gin (words gin_trgm_ops)`)
  await run(`create index suggestion_shingles on suggestion using gin (shingles gin_trgm_ops)`)
  await nameSubjects(run)
}

type Run = (text: string) => Promise<unknown>

// None of these functions calls another: a dump is restored without a search path.

/** What is one's own may be taken back also after it went to an agency outside of one's jurisdiction. */
async function sayWhoMay(run: Run): Promise<void> {
  await run(`
    insert into act_kind (kind, roles, within)
    select 'suggestion.' || done, '{observer}'::text[], done in ('submitted', 'endorsed')
    from unnest(array['submitted', 'endorsed', 'unendorsed', 'withdrawn']) as done
    union all
    select 'suggestion.' || done, '{official,secretariat}'::text[], true
    from unnest(array['reviewed', 'adopted', 'partly', 'declined', 'implemented', 'transferred']) as done`)
}

/**
 * What the public is told of a text, and finds it by: without addresses for mail, telephone numbers and the
 * numbers of identity cards. A ticket's id stays.
 */
async function hideContacts(run: Run): Promise<void> {
  const contacts = [
    '[[:alnum:]._%+-]+@[[:alnum:]-]+([.][[:alnum:]-]+)+',
    '[+][0-9][0-9 ().-]{6,18}[0-9]',
    '(?<![0-9])[(]?[0-9]{2,4}[)]?[ -][0-9]{3,4}[ -][0-9]{3,4}(?![0-9])',
    '(?<![0-9])1[3-9][0-9]{9}(?![0-9])',
    '(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])',
  ].join('|')
  await run(`
    create function without_contacts(text text) returns text
    language sql immutable parallel safe as $$
      select regexp_replace(text, '${contacts}', '•••', 'g')
    $$`)
}

/**
 * Trigrams are of words, and in Chinese no space ends one: each two characters that stand together become
 * a word, so that 路灯 is found in 中山路路灯坏了.
 */
async function shingle(run: Run): Promise<void> {
  const unspaced = `'[\\u2E80-\\u2FDF\\u3005-\\u30FF\\u31F0-\\u31FF\\u3400-\\u4DBF\\u4E00-\\u9FFF\\uF900-\\uFAFF]'`
  await run(`
    create function shingled(text text) returns text
    language sql immutable parallel safe as $$
      select coalesce(string_agg(case
        when not is_unspaced then sign
        when next ~ ${unspaced} then ' ' || sign || next || ' '
        when before ~ ${unspaced} then ' '
        else ' ' || sign || ' '
      end, '' order by place), '')
      from (
        select place, sign, sign ~ ${unspaced} as is_unspaced, lead(sign, 1, '') over signs as next,
          lag(sign, 1, '') over signs as before
        from string_to_table(lower(normalize(coalesce(text, ''), NFKC)), null) with ordinality as one (sign, place)
        window signs as (order by place)
      ) as signs
    $$`)
}

/**
 * How acts are tied to each other, for every noun there is and will be: fields of a body that name other
 * subjects. `evidence`, `flag`, `flags`, `suggestion`, `suggestions`: one or a list; `subjects`: a list of
 * whole names, such as `clause:12`; `links`: a list of `{kind, to}`, or of addresses,
 * of which `/flags/12` and `/suggestions/7` are such subjects.
 */
async function nameSubjects(run: Run): Promise<void> {
  await run(`
    create function named_in(body jsonb) returns text[]
    language sql immutable parallel safe as $$
      select coalesce(array_agg(distinct name order by name), '{}') from (
        select noun || one as name
        from (values ('evidence', 'evidence:'), ('flag', 'flag:'), ('flags', 'flag:'),
          ('suggestion', 'suggestion:'), ('suggestions', 'suggestion:'), ('subjects', ''))
          as field (key, noun),
          jsonb_array_elements_text(case jsonb_typeof(body -> key)
            when 'array' then body -> key
            when 'string' then jsonb_build_array(body -> key)
            when 'number' then jsonb_build_array(body -> key)
            else '[]' end) as one
        union all
        select case
          when jsonb_typeof(link) = 'string' then case
            when link #>> '{}' ~ '^/(flags|suggestions)/[0-9]+$'
              then replace(substr(link #>> '{}', 2), 's/', ':')
            else 'document:' || (link #>> '{}') end
          when link ->> 'to' ~ '^[a-z][a-z-]*:[0-9a-f]+$' then link ->> 'to'
          else (link ->> 'kind') || ':' || (link ->> 'to') end
        from jsonb_array_elements(case jsonb_typeof(body -> 'links')
          when 'array' then body -> 'links' else '[]' end) as link
      ) as names where name is not null
    $$`)
  await run(`create index act_names on act using gin (named_in(body))`)
  await run(`create index act_text_without_contacts on act_text
    using gin (text_as_searched(without_contacts(text)) gin_trgm_ops)`)
}
