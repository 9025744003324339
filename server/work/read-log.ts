import type { Db } from '../db/connect.ts'

/** The newest first. */
export function personalReads(
  db: Db,
  { before, limit }: { before: number | undefined; limit: number },
) {
  return db
    .selectFrom('personalRead')
    .select(['id', 'at', 'personId', 'what', 'of'])
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
