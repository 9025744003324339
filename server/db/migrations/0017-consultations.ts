import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)

  await run(`
    create table consultation (
      id         int         primary key references member,
      source_id  int         not null,
      code       text        not null unique,
      version    bigint      not null,
      digest     bytea       not null,
      agency     int         not null,
      area       int         not null,
      category   int         not null,
      titles     jsonb       not null,
      summaries  jsonb,
      opens_at   timestamptz not null,
      closes_at  timestamptz not null,
      has_form   boolean     not null,
      outcome    jsonb
    )`)

  // What was published once is never changed: another text is another draft.
  await run(`
    create table draft (
      consultation int         not null references consultation,
      number       int         not null,
      published_at timestamptz not null,
      texts        jsonb       not null,
      matches      jsonb,
      confirmed_at timestamptz,
      primary key (consultation, number)
    )`)

  await run(`
    create table comment (
      source_id    int         not null,
      id           text        not null,
      version      bigint      not null,
      digest       bytea       not null,
      batch        bigint      not null,
      consultation int         not null,
      draft        int         not null,
      provision    int         not null,
      area         int         not null,
      channel      int         not null,
      language     int         not null,
      received_at  timestamptz not null,
      is_published boolean     not null,
      reason       text,
      stance       text,
      speaker      text        not null,
      person       text        not null,
      text         text        not null,
      proposal     text,
      primary key (source_id, id)
    ) with (fillfactor = 85)`)
  await run(`create index comment_person on comment (consultation, person)`)
  await run(`create index comment_newest on comment (consultation, provision, received_at desc)
    where is_published`)

  await run(`
    create table comment_history (
      like comment,
      until_batch bigint      not null,
      fate        text        not null check (fate in ('replaced', 'superseded', 'stale')),
      kept_at     timestamptz not null default clock_timestamp()
    )`)
  await run(`create index comment_history_comment on comment_history (source_id, id)`)

  // Who took part, once in the consultation (provision 0) and once in each provision as merges stand.
  await run(`
    create table participation (
      consultation int  not null,
      provision    int  not null,
      speaker      text not null,
      person       text not null,
      comments     int  not null,
      first_at     timestamptz,
      primary key (consultation, provision, speaker, person)
    )`)

  await run(
    `insert into act_kind (kind, roles, within) values ('draft.confirmed', '{secretariat}', true)`,
  )
  await run(`
    create table confirmation (
      id      bigint primary key,
      version int    not null,
      state   jsonb  not null
    )`)

  // What a member was merged into, and so on; 0 stays 0.
  await run(`
    create function root_member(member_id int) returns int language sql stable as $$
      with recursive up(id, merged_into) as (
        select id, merged_into from member where id = member_id
        union
        select member.id, member.merged_into from member join up on member.id = up.merged_into
      )
      select coalesce((select id from up where merged_into is null), member_id)
    $$`)
}
