import { hash } from 'node:crypto'
import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'

/** All that a comment says in its own words. */
export const saidIn = ({ text, proposal }: { text: string; proposal: string | null }): string =>
  proposal === null ? text : `${text}\n${proposal}`

/** Tells texts that `plainText` wrote apart, in hexadecimal digits. */
export const hashOf = (plain: string): string => hash('sha256', plain).slice(0, 32)

export interface KnownWording {
  id: number
  consultation: number
  hash: string
  /** That it belongs to now. */
  group: number
}

const known = sql`wording.id, wording.consultation, encode(wording.hash, 'hex') as hash,
  coalesce(merged_into, comment_group.id) as "group"`

export async function knownWordings(
  db: Db,
  named: readonly { consultation: number; hash: string }[],
): Promise<KnownWording[]> {
  const { rows } = await sql<KnownWording>`
    select ${known}
    from jsonb_to_recordset(${JSON.stringify(named)}::text::jsonb) as one (consultation int, hash text)
    join wording on wording.consultation = one.consultation
      and wording.hash = decode(one.hash, 'hex')
    join comment_group on comment_group.id = wording.comment_group
  `.execute(db)
  return rows
}

export async function wordingsById(db: Db, ids: readonly number[]): Promise<KnownWording[]> {
  const { rows } = await sql<KnownWording>`
    select ${known} from wording
    join comment_group on comment_group.id = wording.comment_group
    where wording.id = any(${[...ids]}::bigint[])
  `.execute(db)
  return rows
}

/** Numbers for so many wordings, in ascending order, above all that were given before. */
export async function newWordingIds(db: Db, count: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select nextval('wording_id') as id from generate_series(1, ${count}::int)
  `.execute(db)
  return rows.map(({ id }) => id)
}

export interface NewWording {
  id: number
  consultation: number
  hash: string
  /** In hexadecimal digits. */
  bands: string
  group: number
  words: readonly string[]
}

export async function insertWordings(db: Db, wordings: readonly NewWording[]): Promise<void> {
  if (wordings.length === 0) return
  await sql`
    insert into wording (id, consultation, hash, bands, comment_group, comments, words)
    select id, consultation, decode(hash, 'hex'), decode(bands, 'hex'), "group", 0,
      array_to_tsvector(array(select jsonb_array_elements_text(words)))
    from jsonb_to_recordset(${JSON.stringify(wordings)}::text::jsonb) as one (id bigint,
      consultation int, hash text, bands text, "group" bigint, words jsonb)
  `.execute(db)
}

/** Adds to the published comments of wordings, or takes away. */
export async function addToWordings(db: Db, changes: ReadonlyMap<number, number>): Promise<void> {
  const changed = [...changes].flatMap(([id, n]) => (n === 0 ? [] : [{ id, n }]))
  if (changed.length === 0) return
  await sql`
    update wording set comments = comments + n
    from jsonb_to_recordset(${JSON.stringify(changed)}::text::jsonb) as one (id bigint, n int)
    where wording.id = one.id
  `.execute(db)
}

/** What a comment says that is worded so, of those that are as they were grouped. */
export async function textsOfWordings(
  db: Db,
  ids: readonly number[],
): Promise<{ wording: number; text: string; proposal: string | null }[]> {
  const { rows } = await sql<{ wording: number; text: string; proposal: string | null }>`
    select one.id as wording, said.text, said.proposal
    from unnest(${[...ids]}::bigint[]) as one (id), lateral (
      select comment.text, comment.proposal from worded
      join comment on comment.source_id = worded.source_id and comment.id = worded.id
        and comment.version = worded.version
      where worded.wording = one.id limit 1
    ) as said
  `.execute(db)
  return rows
}

export interface StoredWording {
  id: number
  bands: Buffer
  group: number
}

/** Wordings of a consultation after that number, in order. */
export async function wordingsAfter(
  db: Db,
  { consultation, after, limit }: { consultation: number; after: number; limit: number },
): Promise<StoredWording[]> {
  const { rows } = await sql<StoredWording>`
    select wording.id, bands, coalesce(merged_into, comment_group.id) as "group"
    from wording join comment_group on comment_group.id = wording.comment_group
    where wording.consultation = ${consultation} and wording.id > ${after}::bigint
    order by wording.id limit ${limit}
  `.execute(db)
  return rows
}
