import { type RawBuilder, sql } from 'kysely'
import type { Role } from '#shared/oversight/act.ts'
import { publicNouns } from '#shared/oversight/public-nouns.ts'
import type { WithheldTexts } from '#shared/oversight/withholding.ts'
import type { Db } from '../db/connect.ts'

/** Nouns whose acts are told here: of people and their appointments the register tells. */
export const recordedNouns = publicNouns.filter(
  (noun) => !['appointment', 'account'].includes(noun),
)

/** What observers and officials write for everybody; a text of any other name is not told. */
export const publicTexts = ['title', 'text', 'why', 'reason', 'note', 'answer', 'done']

export interface ActRow {
  id: number
  at: number
  kind: string
  subject: string
  version: number
  seq: number
  hash: string
  role: Role | null
  appointmentId: number | null
  /** As the public register has it; null of everybody but observers. */
  observer: string | null
  agency: number | null
  area: number | null
  category: number | null
  body: Record<string, unknown>
  /** Subjects that the body names. */
  names: string[]
  /** Null: it was taken down. */
  texts: Record<string, string | null> | null
  withheld: WithheldTexts | null
}

/** Of one conjunction of conditions, the newest first or the oldest; whoever asks says which are public. */
export async function actsWhere(
  db: Db,
  conditions: readonly RawBuilder<unknown>[],
  { limit, order }: { limit: number; order: 'asc' | 'desc' },
): Promise<ActRow[]> {
  const { rows } = await sql<ActRow>`
    select id, at, kind, subject, version, seq, encode(hash, 'hex') as hash, role, appointment_id,
      case when role = 'observer' then register_text(appointment_id, 'name') end as observer,
      agency, area, category, body, named_in(body) as names,
      (select jsonb_object_agg(name, without_contacts(text)) from act_text
        where act_id = act.id and name = any(${publicTexts}::text[])) as texts,
      withheld_in(act.id) as withheld
    from act
    where ${sql.join([isPublic, ...conditions], sql` and `)}
    order by id ${sql.raw(order)} limit ${limit}::int
  `.execute(db)
  return rows
}

/** Of an act. */
export const isPublic = sql<boolean>`split_part(subject, ':', 1) = any(${recordedNouns}::text[])`

/** What a subject is called: its title, or how its text begins. */
export interface Title {
  text: string | null
  /** When it was taken down, and why. */
  withheld: WithheldTexts[string] | null
}

/** Of each of these subjects that is public, as its first act told it. */
export async function titlesOf(db: Db, subjects: readonly string[]): Promise<Map<string, Title>> {
  const { rows } = await sql<{ subject: string } & Title>`
    select subject, left(without_contacts(title.text), 140) as text,
      withheld_in(act.id) -> title.name as withheld
    from act left join lateral (
      select name, act_text.text from act_text
      where act_id = act.id and name in ('title', 'text') order by name = 'title' desc limit 1
    ) as title on true
    where subject = any(${[...subjects]}::text[]) and version = 1 and ${isPublic}
  `.execute(db)
  return new Map(rows.map(({ subject, ...title }) => [subject, title]))
}

/** Of acts with a public text in which these words stand, as they stand. */
export function says(words: string): RawBuilder<unknown> {
  return sql`id in (
    select act_id from act_text where name = any(${publicTexts}::text[])
      and text_as_searched(without_contacts(text)) like
        '%' || regexp_replace(text_as_searched(${words}::text), '([\\\\%_])', '\\\\\\1', 'g') || '%')`
}

export const isOfNoun = (nouns: readonly string[]): RawBuilder<unknown> =>
  sql`split_part(subject, ':', 1) = any(${[...nouns]}::text[])`

export const isOfKind = (kinds: readonly string[]): RawBuilder<unknown> =>
  sql`kind = any(${[...kinds]}::text[])`

/** Of acts whose subject says itself where it lies; of others that follows from evidence. */
const saysWhere = isOfNoun(['suggestion'])

interface Within {
  column: 'agency' | 'area' | 'category'
  ids: readonly number[]
  /** Of all acts: the city opened the dimension. */
  isTold: boolean
}

/** Of acts of which it is told that they lie there. */
export function isIn({ column, ids, isTold }: Within): RawBuilder<unknown> {
  const lies = sql`${sql.ref(column)} = any(${[...ids]}::int[])`
  return isTold ? lies : sql`(${lies} and ${saysWhere})`
}

/** Of acts of which it is not told that they lie elsewhere. */
export function isInOrNowhere({ column, ids, isTold }: Within): RawBuilder<unknown> {
  const lies = sql`(${sql.ref(column)} = any(${[...ids]}::int[]) or ${sql.ref(column)} is null)`
  return isTold ? lies : sql`(${lies} or not ${saysWhere})`
}

/** By the number of an observer in the public register. */
export const isBy = (observer: number): RawBuilder<unknown> =>
  sql`appointment_id = ${observer}::bigint and role = 'observer'`

export const isBefore = (id: number): RawBuilder<unknown> => sql`id < ${id}::bigint`

/**
 * When what these conditions keep last changed, also by a text that was taken down: in the order in which acts became visible, which that of
 * their own times need not be. Undefined where there is none.
 */
export async function changedAt(
  db: Db,
  conditions: readonly RawBuilder<unknown>[],
): Promise<number | undefined> {
  const { rows } = await sql<{ at: number }>`
    select at from journal where seq = greatest(
      (select max(seq) from act where ${sql.join([isPublic, ...conditions], sql` and `)}),
      (select max(seq) from act join withholding on withholding.id = act.id))
  `.execute(db)
  return rows[0]?.at
}

/** The fingerprint of the first act ever, which no two deployments have alike; null before it. */
export async function firstHash(db: Db): Promise<string | null> {
  const { rows } = await sql<{ hash: string }>`
    select encode(hash, 'hex') as hash from act order by id limit 1
  `.execute(db)
  return rows[0]?.hash ?? null
}
