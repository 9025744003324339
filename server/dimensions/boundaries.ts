import { sql } from 'kysely'
import type { MultiPolygon } from '#shared/deployment.ts'
import type { Db } from '../db/connect.ts'

export interface Boundary {
  memberId: number
  body: MultiPolygon
}

export function allBoundaries(db: Db): Promise<Boundary[]> {
  return db.selectFrom('boundary').selectAll().orderBy('memberId').execute()
}

export async function hasBoundary(db: Db): Promise<boolean> {
  return (
    (await db.selectFrom('boundary').select('memberId').limit(1).executeTakeFirst()) !== undefined
  )
}

/** A member's new boundary takes the place of its old one. */
export async function putBoundaries(db: Db, boundaries: readonly Boundary[]): Promise<void> {
  await db
    .insertInto('boundary')
    .values([...boundaries])
    .onConflict((conflict) => conflict.column('memberId').doUpdateSet({ body: sql`excluded.body` }))
    .execute()
}
