import type { Stage } from './stage.ts'
import { dropWords } from './store-comments.ts'

/** Consultations beside `bench`, each with so many provisions. */
export const OTHERS = 204
const PROVISIONS = 10
const PERSONS = 0.34

/**
 * As many comments on so many other drafts, as intake and grouping would have left them, each a text of its own. After
 * `storeComments`, whose texts they say with another word.
 */
export async function storeOthers({ sql: pool, sourceId }: Stage, comments: number): Promise<void> {
  const people = Math.round((PERSONS * comments) / OTHERS)
  await pool`
    insert into member (dimension, code, spelling)
    select 'consultation', 'other-' || n, 'other-' || n from generate_series(1, ${OTHERS}::int) n`
  await pool`
    insert into member (dimension, code, spelling)
    select 'provision', code, code from (
      select 'other-' || n || '/1/' || k as code
      from generate_series(1, ${OTHERS}::int) n, generate_series(1, ${PROVISIONS}::int) k order by n, k
    ) as one`
  await pool`
    insert into consultation (id, source_id, code, version, digest, agency, area, category, titles,
      opens_at, closes_at, has_form)
    select id, ${sourceId}::int, code, 1, '', 0, 0, 0, jsonb_build_object('en', code),
      now() - interval '60 days', now() - interval '1 day', false
    from member where code like 'other-%' and dimension = 'consultation'`
  await pool`
    insert into draft (consultation, number, published_at, texts, confirmed_at)
    select id, 1, now(), (select texts from draft order by consultation limit 1), now()
    from consultation where code like 'other-%'`
  await pool`
    insert into comment (source_id, id, version, digest, batch, consultation, draft, provision, area, channel,
      language, received_at, is_published, reason, stance, speaker, person, text)
    select ${sourceId}::int, 'OTHER-' || lpad(i::text, 9, '0'), 1, '', 0, first.id + i % ${OTHERS}::int, 1,
      first.provision + (i % ${OTHERS}::int) * ${PROVISIONS}::int + i / ${OTHERS}::int % ${PROVISIONS}::int, 0, 0, 0,
      now() - (86400 + i * 104729::bigint % 5000000) * interval '1 second', i % 25 <> 2,
      case when i % 25 = 2 then 'abuse' end, (array['support', 'oppose', 'amend', null])[1 + i % 4],
      'person', 'o' || i % ${OTHERS}::int || '-' || i * 31::bigint % ${people}::int, said.text || ' o' || i
    from generate_series(1, ${comments}::int) as one (i)
    join said on said.n = i % 5000, lateral (
      select min(id) filter (where dimension = 'consultation') as id,
        min(id) filter (where dimension = 'provision') as provision
      from member where code like 'other-%') as first`
  await pool`
    insert into participation
    select consultation, lying.provision, speaker, person, count(*), min(received_at)
    from comment, lateral (select 0 as provision union all select comment.provision) lying
    where is_published and id like 'OTHER-%' group by 1, 2, 3, 4`
  await pool`
    insert into worded
    select source_id, id, 100000000 + substr(id, 7)::int, is_published, received_at, version
    from comment where id like 'OTHER-%'`
  const buildWords = await dropWords(pool)
  await pool`
    insert into wording
    select wording, comment.consultation, sha256(wording::text::bytea), '', wording,
      comment.is_published::int, array_to_tsvector(array_append(
        array_remove(tsvector_to_array(said.words), '#' || bench.id), '#' || comment.consultation))
    from worded join comment using (source_id, id)
    join said on said.n = (wording - 100000000) % 5000
    join consultation bench on bench.code = 'bench' where wording > 100000000`
  await buildWords()
  await pool`
    insert into comment_group
    select wording, comment.consultation, null, 1, comment.is_published::int,
      case when comment.is_published then comment.received_at end,
      case when comment.is_published then comment.received_at end, source_id, id, 0, 0, 0, 0, 0
    from worded join comment using (source_id, id) where wording > 100000000`
  await pool`vacuum (analyze) comment, participation, worded, wording, comment_group`
}
