import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'

export interface AdminKey {
  name: string
  createdAt: number
  disabledAt: number | null
}

const columns = ['name', 'createdAt', 'disabledAt'] as const

export function allAdminKeys(db: Db): Promise<AdminKey[]> {
  return db.selectFrom('adminKey').select(columns).orderBy('id').execute()
}

/** A disabled one is not found. */
export function adminByKey(db: Db, keyHash: Uint8Array): Promise<AdminKey | undefined> {
  return db
    .selectFrom('adminKey')
    .select(columns)
    .where('keyHash', '=', keyHash)
    .where('disabledAt', 'is', null)
    .executeTakeFirst()
}

/** Resolves to false when the name is taken. */
export async function insertAdminKey(
  db: Db,
  key: { name: string; keyHash: Uint8Array },
): Promise<boolean> {
  const added = await db
    .insertInto('adminKey')
    .values(key)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

/** Resolves to false when there is none of this name that is enabled. */
export async function disableAdminKey(db: Db, name: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('adminKey')
    .set({ disabledAt: sql<number>`clock_timestamp()` })
    .where('name', '=', name)
    .where('disabledAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
