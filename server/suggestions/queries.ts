import { type RawBuilder, sql } from 'kysely'
import type { Suggestion } from '#shared/oversight/suggestion.ts'
import type { WithheldTexts } from '#shared/oversight/withholding.ts'
import type { Db } from '../db/connect.ts'

export interface SuggestionRow {
  id: number
  version: number
  state: Suggestion
  /** As everybody may read them. */
  title: string | null
  text: string | null
  why: string | null
  reason: string | null
  /** When texts were taken down, and why. */
  withheld: WithheldTexts
  /** Of its endorsements, in their order; null where there are none. */
  notes: (string | null)[] | null
  /** Of those that were taken down, in the same order, when and why. */
  withheldNotes: (WithheldTexts[string] | null)[] | null
  /** Names in the public register, by appointment. */
  names: Record<string, string>
  /** By the database's clock. */
  now: number
}

const now = sql`(extract(epoch from clock_timestamp()) * 1000)::bigint`

const seen = sql`
  suggestion.id, suggestion.version, suggestion.state, ${now} as now,
  ${sql.join(['title', 'text', 'why'].map((name) => sql`public_text(suggestion.id, ${sql.lit(name)}) as ${sql.ref(name)}`))},
  public_text((suggestion.state ->> 'reasonIn')::bigint, 'reason') as reason,
  coalesce(withheld_in(suggestion.id), '{}')
    || coalesce(withheld_in((suggestion.state ->> 'reasonIn')::bigint), '{}') as withheld,
  (select jsonb_agg(public_text((one ->> 'act')::bigint, 'note') order by place)
    from jsonb_array_elements(suggestion.state -> 'endorsements')
      with ordinality as made (one, place)) as notes,
  (select jsonb_agg(withheld_in((one ->> 'act')::bigint) -> 'note' order by place)
    from jsonb_array_elements(suggestion.state -> 'endorsements')
      with ordinality as made (one, place)) as withheld_notes,
  (select jsonb_object_agg(appointment.id, register_text(appointment.id, 'name')) from appointment
    where appointment.id = suggestion.author or appointment.id in (
      select (one ->> 'appointment')::bigint
      from jsonb_array_elements(suggestion.state -> 'endorsements') as one)) as names`

export async function suggestionById(db: Db, id: number): Promise<SuggestionRow | undefined> {
  const { rows } = await sql<SuggestionRow>`
    select ${seen} from suggestion where id = ${id}::bigint
  `.execute(db)
  return rows[0]
}

/** The place after which a page begins: what is sorted by, and the suggestion's id. */
export interface Place {
  value: number
  id: number
}

const orders = {
  newest: {
    value: sql`suggestion.id`,
    by: sql`suggestion.id desc`,
    after: ({ id }: Place) => sql`suggestion.id < ${id}::bigint`,
  },
  endorsements: {
    value: sql`endorsements`,
    by: sql`endorsements desc, suggestion.id desc`,
    after: ({ value, id }: Place) =>
      sql`(endorsements, suggestion.id) < (${value}::bigint, ${id}::bigint)`,
  },
  deadline: {
    value: sql`due_by`,
    by: sql`due_by, suggestion.id`,
    after: ({ value, id }: Place) =>
      sql`(due_by, suggestion.id) > (${value}::bigint, ${id}::bigint)`,
  },
}
export const suggestionSorts = ['newest', 'endorsements', 'deadline'] as const
export type SuggestionSort = (typeof suggestionSorts)[number]

interface Page {
  where: readonly RawBuilder<unknown>[]
  sort: SuggestionSort
  after: Place | undefined
  limit: number
}

export async function suggestionsWhere(
  db: Db,
  { where, sort, after, limit }: Page,
): Promise<(SuggestionRow & { sorted: number })[]> {
  const order = orders[sort]
  const all = after ? [...where, order.after(after)] : where
  const { rows } = await sql<SuggestionRow & { sorted: number }>`
    select ${seen}, ${order.value} as sorted from suggestion
    where ${conjunction(all)} order by ${order.by} limit ${limit}::int
  `.execute(db)
  return rows
}

const conjunction = (conditions: readonly RawBuilder<unknown>[]): RawBuilder<unknown> =>
  sql.join([sql`true`, ...conditions], sql` and `)

export const isOf = (column: 'stage' | 'target', values: readonly string[]): RawBuilder<unknown> =>
  sql`${sql.ref(column)} = any(${[...values]}::text[])`

export const isIn = (
  column: 'agency' | 'area' | 'category' | 'author',
  ids: readonly number[],
): RawBuilder<unknown> => sql`${sql.ref(column)} = any(${[...ids]}::bigint[])`

export const isInOrNone = (
  column: 'agency' | 'area' | 'category',
  ids: readonly number[],
): RawBuilder<unknown> => sql`(${isIn(column, ids)} or ${sql.ref(column)} is null)`

/** Its next deadline has passed. */
export const isLate = (late: boolean): RawBuilder<unknown> =>
  late ? sql`due_by < ${now}` : sql`due_by >= ${now}`

/** Where these words stand in it, as they stand. */
export const holds = (text: string): RawBuilder<unknown> =>
  sql`suggestion.id in (select id from suggestion_words where words like '%' || regexp_replace(text_as_searched(${text}::text), '([\\\\%_])', '\\\\\\1', 'g') || '%')`

export interface Similar {
  row: SuggestionRow
  /** From 0 to 1: how much of a text stands in the other. */
  likeness: number
}

/**
 * Below it nothing is alike. Measured: of pairs that speak of one thing the least has 0.51 in English and
 * 0.20 in Chinese, where two characters make a word; of pairs that do not the most has 0.26 and 0.07.
 */
const alike = (text: string): number => (UNSPACED.test(text) ? 0.15 : 0.35)
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u

/** Those whose title and text are most like a draft, the likest first; what was withdrawn is left out. */
export async function similarSuggestions(db: Db, text: string, limit: number): Promise<Similar[]> {
  return db.transaction().execute(async (trx) => {
    const threshold = String(alike(text))
    await sql`
      select set_config('pg_trgm.similarity_threshold', ${threshold}, true),
        set_config('pg_trgm.word_similarity_threshold', ${threshold}, true)
    `.execute(trx)
    const { rows } = await sql<SuggestionRow & { likeness: number }>`
      select ${seen}, greatest(similarity(draft, shingles), word_similarity(draft, shingles),
        word_similarity(shingles, draft)) as likeness
      from suggestion join suggestion_words using (id), shingled(${text}::text) as draft
      where stage <> 'withdrawn'
        and (draft % shingles or draft <% shingles or shingles <% draft)
      order by likeness desc, suggestion.id desc limit ${limit}::int
    `.execute(trx)
    return rows.map(({ likeness, ...row }) => ({ row, likeness }))
  })
}

export interface StageRow {
  stage: Suggestion['stage']
  count: number
  late: number
  oldestAt: number
  medianAt: number
  /** Null where nothing is to be done. */
  nextDueBy: number | null
}

/** What stands in each stage that holds anything. */
export async function countStages(
  db: Db,
  where: readonly RawBuilder<unknown>[],
): Promise<StageRow[]> {
  const submittedAt = sql`(state ->> 'submittedAt')::bigint`
  const { rows } = await sql<StageRow>`
    select stage, count(*) as count, count(*) filter (where due_by < ${now}) as late,
      min(${submittedAt}) as oldest_at,
      percentile_disc(0.5) within group (order by ${submittedAt}) as median_at,
      min(due_by) filter (where stage in ('submitted', 'under-review')) as next_due_by
    from suggestion where ${conjunction(where)} group by stage
  `.execute(db)
  return rows
}

export async function databaseNow(db: Db): Promise<number> {
  const { rows } = await sql<{ now: number }>`select ${now} as now`.execute(db)
  return rows[0]!.now
}

/** Of these flags those that there are. */
export async function keptFlags(db: Db, ids: readonly number[]): Promise<number[]> {
  const rows = await db
    .selectFrom('flag')
    .select('id')
    .where('id', 'in', [...ids])
    .execute()
  return rows.map(({ id }) => id)
}

/** The consultations, by their codes, that the evidence of a suggestion and of its flags is of. */
export async function consultationsUnder(db: Db, id: number): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select distinct code
    from suggestion
    cross join lateral (
      select jsonb_array_elements_text(suggestion.state -> 'evidence') as hash
      union
      select flag.state ->> 'evidence' from flag where flag.id in (
        select one::bigint from jsonb_array_elements_text(suggestion.state -> 'flags') as one)
    ) as named
    join evidence on evidence.hash = decode(named.hash, 'hex')
    cross join lateral (
      select coalesce(body ->> 'consultation', body #>> '{question,filters,consultation,0}') as code
    ) as of_draft
    where suggestion.id = ${id}::bigint and code is not null
    order by code
  `.execute(db)
  return rows.map(({ code }) => code)
}

/** Of these fingerprints those under which evidence is kept. */
export async function keptEvidence(db: Db, hashes: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ hash: string }>`
    select encode(hash, 'hex') as hash from evidence
    where hash in (select decode(one, 'hex') from unnest(${[...hashes]}::text[]) as one)
  `.execute(db)
  return rows.map(({ hash }) => hash)
}
