import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'

export interface Source {
  id: number
  name: string
  kind: string
  /** Seconds without a word after which the source counts as silent. */
  silentAfter: number
  disabledAt: number | null
  heardAt: number | null
  newestAt: number | null
}

const columns = ['id', 'name', 'kind', 'silentAfter', 'disabledAt', 'heardAt', 'newestAt'] as const

export function allSources(db: Db): Promise<Source[]> {
  return db.selectFrom('source').select(columns).orderBy('id').execute()
}

export function sourceByName(db: Db, name: string): Promise<Source | undefined> {
  return db.selectFrom('source').select(columns).where('name', '=', name).executeTakeFirst()
}

/** A disabled source is not found. */
export function sourceByKey(db: Db, keyHash: Uint8Array): Promise<Source | undefined> {
  return db
    .selectFrom('source')
    .select(columns)
    .where('keyHash', '=', keyHash)
    .where('disabledAt', 'is', null)
    .executeTakeFirst()
}

/** Resolves to undefined when the name is taken. */
export function insertSource(
  db: Db,
  source: { name: string; kind: string; keyHash: Uint8Array; silentAfter?: number },
): Promise<{ id: number } | undefined> {
  return db
    .insertInto('source')
    .values(source)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('id')
    .executeTakeFirst()
}

/** Resolves to false when there is no such source. */
export async function setKey(db: Db, name: string, keyHash: Uint8Array): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('source')
    .set({ keyHash })
    .where('name', '=', name)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Resolves to false when there is no such source, or it was disabled before. */
export async function disableSource(db: Db, name: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('source')
    .set({ disabledAt: sql<number>`clock_timestamp()` })
    .where('name', '=', name)
    .where('disabledAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Resolves to false when there is no such source, or it was not disabled. */
export async function enableSource(db: Db, name: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('source')
    .set({ disabledAt: null })
    .where('name', '=', name)
    .where('disabledAt', 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export interface Heard {
  sourceId: number
  /** The newest time its events told, null when it only said that it is there. */
  newestAt: number | null
}

/** Notes that sources were heard now. `heard` holds each source once, in ascending order. */
export async function noteHeard(db: Db, heard: readonly Heard[]): Promise<void> {
  const ids = heard.map(({ sourceId }) => sourceId)
  const newest = heard.map(({ newestAt }) => newestAt ?? 'NULL')
  await sql`
    update source
    set heard_at = clock_timestamp(),
        newest_at = greatest(source.newest_at, to_timestamp(told.newest_at / 1000.0))
    from unnest(${`{${ids.join()}}`}::text::int[], ${`{${newest.join()}}`}::text::bigint[])
      as told (source_id, newest_at)
    where source.id = told.source_id
  `.execute(db)
}

export async function databaseNow(db: Db): Promise<number> {
  const { rows } = await sql<{ now: number }>`select clock_timestamp() as now`.execute(db)
  return rows[0]!.now
}
