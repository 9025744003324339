import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'
import type { Fate } from '../db/ticket-tables.ts'
import type { Answered } from '../journal/answer-delta.ts'
import type { AnswerRow } from './row.ts'

const all = [
  ...['poll', 'statement', 'person', 'source_id', 'version', 'digest', 'answered_at', 'counts_at'],
  ...['offered', 'chosen', 'vote', 'channel', 'area', 'groups'],
]
const names = sql.raw(all.join(', '))
const namesOfBefore = sql.raw(all.map((name) => `(before).${name}`).join(', '))
const fromExcluded = sql.raw(
  all
    .slice(3)
    .map((name) => `${name} = excluded.${name}`)
    .join(', '),
)

/** A table expression of the rows, in their order. */
function told(rows: readonly AnswerRow[]) {
  const json = JSON.stringify(
    rows.map((row) => ({ ...row, digest: Buffer.from(row.digest).toString('hex') })),
  )
  return sql`(
    select poll, statement, person, "sourceId", version, decode(digest, 'hex'),
      to_timestamp("answeredAt" / 1000.0), to_timestamp("countsAt" / 1000.0), offered, chosen, vote,
      channel, area, groups
    from jsonb_to_recordset(${json}::text::jsonb) as one (poll int, statement int, person text,
      "sourceId" int, version bigint, digest text, "answeredAt" bigint, "countsAt" bigint,
      offered int[], chosen int[], vote smallint, channel int, area int, groups jsonb)
  )`
}

export interface AnswerKey {
  poll: number
  statement: number
  person: string
}

/** What an upsert did to one row: `oldVersion` is null for an answer never seen before. */
export interface UpsertedAnswer extends Answered, AnswerKey {
  oldVersion: number | null
  oldDigest: Buffer | null
}

/**
 * Writes every row that is newer than what is stored, keeps what it replaces in the history, and answers
 * for each row it wrote the answer as it was before. `rows` are sorted by key.
 */
export async function upsertAnswers(
  db: Db,
  rows: readonly AnswerRow[],
  batch: number,
): Promise<UpsertedAnswer[]> {
  const { rows: upserted } = await sql<UpsertedAnswer>`
    with written as (
      insert into answer (${names}, batch)
      select *, ${batch}::bigint from ${told(rows)} as incoming
      on conflict (poll, statement, person) do update set ${fromExcluded}, batch = excluded.batch
      where excluded.version > answer.version
      returning old as before, new.poll, new.statement, new.person
    ), kept as (
      insert into answer_history (${names}, batch, until_batch, fate)
      select ${namesOfBefore}, (before).batch, ${batch}::bigint, 'replaced'
      from written where (before).person is not null
    )
    select poll, statement, person, (before).version as "oldVersion", (before).digest as "oldDigest",
      (before).answered_at as "answeredAt", (before).counts_at as "countsAt", (before).offered,
      (before).chosen, (before).vote
    from written
  `.execute(db.withoutPlugins())
  return upserted
}

export interface StoredAnswer extends AnswerKey {
  version: number
  digest: Buffer
}

export async function storedAnswers(db: Db, rows: readonly AnswerRow[]): Promise<StoredAnswer[]> {
  const keys = JSON.stringify(
    rows.map(({ poll, statement, person }) => ({ poll, statement, person })),
  )
  const { rows: stored } = await sql<StoredAnswer>`
    select answer.poll, answer.statement, answer.person, answer.version, answer.digest
    from jsonb_to_recordset(${keys}::text::jsonb) as one (poll int, statement int, person text)
    join answer using (poll, statement, person)
  `.execute(db)
  return stored
}

/** Keeps versions that never were an answer's row. One that is kept already is not kept twice. */
export async function keepAnswers(
  db: Db,
  rows: readonly AnswerRow[],
  { batch, fate }: { batch: number; fate: Fate },
): Promise<void> {
  await sql`
    insert into answer_history (${names}, batch, until_batch, fate)
    select distinct on (poll, statement, person, version) *, ${batch}::bigint, ${batch}::bigint, ${fate}
    from ${told(rows)} as incoming (${names})
    where not exists (
      select from answer_history kept
      where kept.poll = incoming.poll and kept.statement = incoming.statement
        and kept.person = incoming.person and kept.version = incoming.version
    )
  `.execute(db)
}
