import type { Stage } from './stage.ts'

export interface Voting {
  voters: number
  statements: number
  camps: number
}

/** An agreement poll called `bench` on whose every statement everybody voted, in camps, as intake would have left it. Gives its id. */
export async function storeVotes(
  { sql: pool, sourceId }: Stage,
  { voters, statements, camps }: Voting,
): Promise<number> {
  const [poll] = await pool<{ id: number }[]>`
    insert into member (dimension, code, spelling) values ('poll', 'bench', 'bench') returning id`
  const { id } = poll!
  await pool`
    insert into poll values (${id}::int, ${sourceId}::int, 'bench', 1, '', 'agreement', 0, 0, 0, '{"en": "Bench"}',
      null, now() - interval '30 days', now() + interval '1 day', false, false, '[]', '[]')`
  await pool`
    with named as (
      insert into member (dimension, code, spelling)
      select 'statement', 'bench/' || n, 'bench/' || n from generate_series(1, ${statements}::int) n
      returning id, code
    )
    insert into statement
    select id, ${id}::int, code, ${sourceId}::int, 1, '', now(), '{"en": "A statement."}', true, true, null
    from named`
  await pool`select setseed(0.7)`
  await pool`
    create unlogged table leaning as
    select camp, statement.id as statement, 2 * random() - 1 as leaning
    from generate_series(0, ${camps}::int - 1) camp, statement where poll = ${id}`
  await pool`
    insert into answer
    select ${id}::int, statement, 'p' || voter, ${sourceId}::int, 1, '', 0, now(), now(), '{}', '{}',
      sign(round((1.6 * (leaning + 2 * random() - 1))::numeric))::smallint, 0, 0, '{}'
    from generate_series(1, ${voters}::int) voter join leaning on camp = voter % ${camps}::int`
  await pool`vacuum (analyze) answer`
  return id
}
