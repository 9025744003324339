import { sql } from 'kysely'
import { searchWords } from '#shared/consultations/search-words.ts'
import type { Stage } from './stage.ts'
import { saidAt } from './said.ts'

/** Comments that are written out; all others are these again under other ids, with a word of their own. */
const WRITTEN = 5000
/** Persons a comment. */
const PERSONS = 0.35
/** Every so many say one letter. */
const LETTER = 5
const PROVISIONS = 40

/**
 * A consultation called `bench`, its comments and who made them, as intake and grouping would have left them:
 * a fifth is one letter in a hundred wordings, all others are texts of their own.
 */
export async function storeComments(
  { db, sql: pool, sourceId }: Stage,
  comments: number,
): Promise<void> {
  const people = Math.round(PERSONS * comments)
  const now = Date.now()
  const { rows } = await sql<{ id: number }>`
    insert into member (dimension, code, spelling) values ('consultation', 'bench', 'bench') returning id
  `.execute(db)
  const { id } = rows[0]!
  await pool`
    insert into member (dimension, code, spelling)
    select 'provision', 'bench/1/' || n, 'bench/1/' || n from generate_series(1, ${PROVISIONS}::int) n`
  const article = (n: number) => ({
    ...{ id: `${n}`, kind: 'article', label: `Article ${n}`, heading: '', within: null },
    text: `The ferry keeps to rule ${n}.`,
  })
  const texts = { en: Array.from({ length: PROVISIONS }, (_, n) => article(n + 1)) }
  await sql`
    with one as (
      insert into consultation (id, source_id, code, version, digest, agency, area, category, titles,
        opens_at, closes_at, has_form)
      values (${id}, ${sourceId}, 'bench', 1, '', 0, 0, 0, '{"en": "Bench"}', now() - interval '30 days',
        now() + interval '1 day', false)
      returning id
    )
    insert into draft (consultation, number, published_at, texts, confirmed_at)
    select id, 1, now(), ${JSON.stringify(texts)}::text::jsonb, now() from one
  `.execute(db)
  const said = Array.from({ length: WRITTEN }, (_, n) => {
    const { text } = saidAt(n, now)
    return { n, text, words: searchWords(id, text) }
  })
  await pool`create unlogged table said (n int primary key, text text, words tsvector)`
  await sql`
    insert into said
    select n, text, array_to_tsvector(array(select jsonb_array_elements_text(words)))
    from jsonb_to_recordset(${JSON.stringify(said)}::text::jsonb) as one (n int, text text, words jsonb)
  `.execute(db)
  await pool`
    insert into comment
    select ${sourceId}::int, 'SAID-' || lpad(i::text, 9, '0'), 1, '', 0, ${id}::int, 1,
      case when i % 5 = 1 then 0 else first.id + (i * 7919::bigint % ${PROVISIONS})::int end, 0, 0, 0,
      now() - (i * 104729::bigint % 2592000) * interval '1 second', i % 25 <> 2,
      case when i % 25 = 2 then 'abuse' end, (array['support', 'oppose', 'amend', null])[1 + i % 4],
      'person', 'p' || i * 31::bigint % ${people}::int,
      case when i % ${LETTER} = 0 then letter.text || ' ' || i % 500 else said.text || ' ' || i end, null
    from generate_series(1, ${comments}::int) as one (i)
    join said on said.n = i % ${WRITTEN} join said letter on letter.n = 0,
      lateral (select min(id) as id from member where dimension = 'provision') as first`
  await pool`
    insert into participation
    select consultation, lying.provision, speaker, person, count(*), min(received_at)
    from comment, lateral (select 0 as provision union all
      select comment.provision where comment.provision <> 0) lying
    where is_published group by 1, 2, 3, 4`
  await pool`
    insert into worded
    select source_id, id, case when i % ${LETTER} = 0 then 1 + i % 500 else 500 + i end, is_published,
      received_at, version
    from comment, lateral (select substr(id, 6)::int as i) as number`
  const buildWords = await dropWords(pool)
  await pool`
    insert into wording
    select wording, ${id}::int, sha256(wording::text::bytea), '', case when wording <= 500 then 1 else wording end,
      comments, said.words
    from (select wording, count(*) filter (where is_published) as comments from worded group by 1) one
    join said on said.n = case when wording <= 500 then 0 else (wording - 500) % ${WRITTEN} end`
  await buildWords()
  await pool`
    insert into comment_group
    select case when wording <= 500 then 1 else wording end as id, ${id}::int, null, count(distinct wording),
      count(*) filter (where is_published), max(received_at) filter (where is_published),
      min(received_at) filter (where is_published), ${sourceId}::int, '', 0, 0, 0, 0, 0
    from worded group by 1`
  await pool`vacuum (analyze) comment, participation, worded, wording, comment_group`
}

/** Millions of rows are indexed at once in minutes, one by one in an hour. Gives what builds the index again. */
export async function dropWords(pool: Stage['sql']): Promise<() => Promise<unknown>> {
  const [index] = await pool<{ as: string }[]>`
    select pg_get_indexdef('wording_words'::regclass) as "as"`
  await pool`drop index wording_words`
  return () =>
    pool.begin(async (trx) => {
      await trx`set local maintenance_work_mem = '1GB'`
      await trx.unsafe(index!.as)
    })
}
