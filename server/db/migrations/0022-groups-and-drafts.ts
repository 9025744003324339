import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)

  await run(
    `insert into act_kind (kind, roles, within) values ('draft.brought', '{secretariat}', true)`,
  )

  // What a batch changed, in the order of the journal, is grouped after it was taken in.
  await run(`create index comment_batch on comment (batch)`)
  await run(
    `create index comment_withheld on comment (consultation, reason) where not is_published`,
  )

  await run(`
    create table grouped (
      one boolean primary key default true check (one),
      seq bigint  not null default 0
    )`)
  await run(`insert into grouped default values`)

  // What comments of a consultation say word for word, but for capitals, spaces and marks: by its hash, since
  // they hold it themselves. Its words, by which it is searched, hold its consultation.
  await run(`create sequence wording_id`)
  await run(`
    create table wording (
      id            bigint   primary key,
      consultation  int      not null,
      hash          bytea    not null,
      bands         bytea    not null,
      comment_group bigint   not null,
      comments      int      not null,
      words         tsvector not null
    )`)
  await run(`create unique index wording_hash on wording (consultation, hash)`)
  await run(`create index wording_newest on wording (consultation, id)`)
  await run(`create index wording_group on wording (comment_group, comments desc, id)`)
  await run(`create index wording_words on wording using gin (words)`)

  // Texts that are nearly the same, by the first of them. Of its comments that are published: how many, when the
  // first and the last came, and where the first one stands, under which it is counted as one.
  await run(`
    create table comment_group (
      id           bigint primary key,
      consultation int    not null,
      merged_into  bigint,
      wordings     int    not null,
      comments     int    not null,
      last_at      timestamptz,
      first_at     timestamptz,
      first_source int,
      first_id     text,
      area         int    not null,
      provision    int    not null,
      channel      int    not null,
      language     int    not null,
      batch        bigint not null
    )`)
  await run(`create index comment_group_largest on comment_group (consultation, comments desc, id)
    where comments > 1`)
  await run(`create index comment_group_merged on comment_group (merged_into)
    where merged_into is not null`)

  // As what groups were counted before, from one batch until another.
  await run(`
    create table comment_group_history (
      consultation int         not null,
      area         int         not null,
      provision    int         not null,
      channel      int         not null,
      language     int         not null,
      first_at     timestamptz not null,
      batch        bigint      not null,
      until_batch  bigint      not null
    )`)

  // Which wording a comment was grouped by: as it was then.
  await run(`
    create table worded (
      source_id    int         not null,
      id           text        not null,
      wording      bigint      not null,
      is_published boolean     not null,
      received_at  timestamptz not null,
      primary key (source_id, id)
    )`)
  await run(`create index worded_wording on worded (wording, is_published, received_at)`)

  // By the index of words and nothing else: the planner takes words for independent of each other, and a word
  // that nobody says any more would be looked for in all texts.
  await run(`
    create function wordings_with(query tsquery, before bigint, most int) returns setof bigint
    language sql stable set enable_seqscan to off set enable_indexscan to off as $$
      select id from wording where words @@ query and comments > 0 and id < before limit most
    $$`)
}
