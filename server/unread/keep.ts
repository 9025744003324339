import { isDeepStrictEqual } from 'node:util'
import { merge, type Unread } from '#shared/unread.ts'
import type { Db } from '../db/connect.ts'
import { lockUnread, updateUnread } from './queries.ts'

/** Adds what a device knows to what is kept; answers both. However many do it at once, nothing that was read comes back. */
export async function keepUnread(db: Db, personId: string, state: Unread): Promise<Unread> {
  return db.transaction().execute(async (trx) => {
    const kept = await lockUnread(trx, { personId, state })
    const merged = merge(kept, state)
    if (!isDeepStrictEqual(merged, kept)) await updateUnread(trx, { personId, state: merged })
    return merged
  })
}
