import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'
import { isPublic, type Title } from '../public-record/queries.ts'

/** An act as far as it ties its subject to others. */
export interface Tie {
  id: number
  at: number
  kind: string
  subject: string
  version: number
  names: string[]
}

/** Acts that are done to these subjects, or that name one of them, in order. */
export async function tiesOf(db: Db, subjects: readonly string[], limit: number): Promise<Tie[]> {
  const list = sql`${[...subjects]}::text[]`
  const { rows } = await sql<Tie>`
    select id, at, kind, subject, version, named_in(body) as names from act
    where (subject = any(${list}) or named_in(body) && ${list})
      and ${isPublic}
    order by id limit ${limit}::int
  `.execute(db)
  return rows
}

/** What an act was done to. */
export async function subjectOf(db: Db, actId: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('act')
    .select('subject')
    .where('id', '=', actId)
    .where(isPublic)
    .executeTakeFirst()
  return row?.subject
}

/** What frozen evidence is of: `number:MEASURE`, `ticket:ID` or `group`. */
export async function evidenceTitles(
  db: Db,
  subjects: readonly string[],
): Promise<[subject: string, title: Title][]> {
  const hashes = subjects.flatMap((subject) => /^evidence:([0-9a-f]{64})$/.exec(subject)?.[1] ?? [])
  const { rows } = await sql<{ hash: string; title: string }>`
    select encode(hash, 'hex') as hash,
      concat_ws(':', body ->> 'kind', coalesce(body ->> 'measure', body -> 'ticket' ->> 'id')) as title
    from evidence
    where hash = any(select decode(one, 'hex') from unnest(${hashes}::text[]) as one)
  `.execute(db)
  return rows.map(({ hash, title }) => [`evidence:${hash}`, { text: title, withheld: null }])
}
