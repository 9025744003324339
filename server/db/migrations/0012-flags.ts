import { type Kysely, sql } from 'kysely'
import { prepareTrigrams } from './trigrams.ts'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)

  await run(`
    insert into act_kind (kind, roles, within)
    select 'flag.' || done, roles::text[], true
    from (values
      ('opened', '{observer}'), ('accepted', '{observer}'), ('disputed', '{observer}'),
      ('withdrawn', '{observer}'), ('joined', '{observer}'), ('noted', '{observer}'),
      ('acknowledged', '{official,secretariat}'), ('answered', '{official,secretariat}'),
      ('transferred', '{official,secretariat}'), ('corrected', '{official,secretariat}'),
      ('settled', '{secretariat}')
    ) as told (done, roles)`)
  await run(`
    insert into act_kind (kind, roles, within)
    select 'template.' || done, '{official,secretariat}', true
    from unnest(array['made', 'revised', 'retired']) as done`)

  // Instants are milliseconds here, as in the state that they are generated from.
  await run(`
    create table flag (
      id             bigint  primary key,
      version        int     not null,
      state          jsonb   not null,
      standing       text    not null generated always as (state ->> 'standing') stored,
      kind           text    not null generated always as (state ->> 'kind') stored,
      severity       text    not null generated always as (state ->> 'severity') stored,
      subject_on     text    not null generated always as (state ->> 'on') stored,
      owner          int     generated always as ((state ->> 'owner')::int) stored,
      agency         int     generated always as ((state #>> '{place,agency}')::int) stored,
      area           int     generated always as ((state #>> '{place,area}')::int) stored,
      category       int     generated always as ((state #>> '{place,category}')::int) stored,
      author_id      text    not null generated always as (state #>> '{author,person}') stored,
      author_appointment_id bigint not null
                     generated always as ((state #>> '{author,appointment}')::bigint) stored,
      answer_act_id  bigint  generated always as ((state #>> '{answer,act}')::bigint) stored,
      answer_by      bigint  not null generated always as ((state #>> '{answering,by}')::bigint) stored,
      answering_done_at bigint generated always as ((state #>> '{answering,doneAt}')::bigint) stored,
      answered_within int    generated always as ((state ->> 'answeredWithin')::int) stored,
      settled_for    text    generated always as (state ->> 'settledFor') stored,
      transfers      int     not null generated always as ((state ->> 'transfers')::int) stored,
      -- Until when an agency or the secretariat owes something; the end of time: nothing is owed.
      due_by      bigint  not null generated always as (case
                       when state ->> 'standing' in ('open', 'acknowledged')
                         then (state #>> '{answering,by}')::bigint
                       when state ->> 'standing' = 'disputed' then (state #>> '{settlement,by}')::bigint
                       else ${NEVER}
                     end) stored,
      -- Late for ever; what is owed now and overdue comes to it by the clock.
      was_late       boolean not null generated always as (
                       coalesce((state #>> '{answering,doneAt}')::bigint > (state #>> '{answering,by}')::bigint, false)
                       or coalesce((state #>> '{settlement,doneAt}')::bigint > (state #>> '{settlement,by}')::bigint, false)
                     ) stored
    )`)

  await run(`
    create table template (
      id         bigint  primary key,
      version    int     not null,
      state      jsonb   not null,
      agency     int     generated always as ((state ->> 'agency')::int) stored,
      is_retired boolean not null generated always as ((state ->> 'isRetired')::boolean) stored,
      texts_in   bigint  not null generated always as ((state ->> 'textsIn')::bigint) stored
    )`)

  // A page of each list is read in its order; what is only counted is counted from an index alone.
  await run(`create index flag_due on flag (due_by, id)`)
  await run(`
    create index flag_queue on flag (owner, due_by, id) include (standing) where ${AWAITS_ANSWER}`)
  await run(`
    create index flag_awaited on flag (due_by, id) include (owner, standing) where ${AWAITS_ANSWER}`)
  await run(`
    create index flag_disputed on flag (due_by, id) include (standing) where standing = 'disputed'`)
  await run(`create index flag_on on flag (subject_on, agency, area, category, standing)`)
  await run(`
    create index flag_answering on flag (owner) include (standing, answer_by, answering_done_at,
      answered_within, settled_for, transfers)`)
  for (const column of ['owner', 'area', 'category', 'author_id', 'standing']) {
    await run(`create index flag_${column} on flag (${column}, id)`)
  }

  // Of every act; a trusted extension, which the owner of a database may make.
  await prepareTrigrams(db)
  await run(`
    create index act_text_words on act_text using gin (text gin_trgm_ops) where name <> 'place'`)
}

/** The last instant there is. */
const NEVER = 8_640_000_000_000_000

const AWAITS_ANSWER = `standing in ('open', 'acknowledged')`
