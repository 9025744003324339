import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../db/connect.ts'
import { type Cursor, cursorText } from './cursor.ts'
import { type ListedFlag, listFlags } from './queries.ts'
import type { FlagSort } from './question.ts'

interface Asked {
  where: readonly RawBuilder<boolean>[]
  sort: FlagSort
  limit: number
  after: Cursor | undefined
}

const orders = { newest: sql`id desc`, deadline: sql`due_by, id` }

/** A page of flags, and the cursor of the next one; null: no flag follows. */
export async function flagPage(
  db: Db,
  { where, sort, limit, after }: Asked,
): Promise<{ found: ListedFlag[]; next: string | null }> {
  const rows = await listFlags(db, {
    where: after ? [...where, behind(sort, after)] : where,
    orderBy: orders[sort],
    limit: limit + 1,
  })
  const found = rows.slice(0, limit)
  const last = found.at(-1)
  return { found, next: rows.length > limit && last ? cursorText(sort, last) : null }
}

const behind = (sort: FlagSort, { dueBy, id }: Cursor): RawBuilder<boolean> =>
  sort === 'newest'
    ? sql<boolean>`id < ${id}::bigint`
    : sql<boolean>`(due_by, id) > (${dueBy}::bigint, ${id}::bigint)`
