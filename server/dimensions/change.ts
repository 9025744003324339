import type { Db } from '../db/connect.ts'
import { noteInJournal } from '../journal/note.ts'
import { ring } from '../journal/queries.ts'
import { lockMembers } from './queries.ts'

/** Changes names, merges or aliases in one transaction, after which every running server reads them again. */
export async function changeMembers<T>(db: Db, change: (trx: Db) => Promise<T>): Promise<T> {
  const changed = await db.transaction().execute(async (trx) => {
    await lockMembers(trx)
    const result = await change(trx)
    await noteInJournal(trx, 'members')
    return result
  })
  await ring(db).catch(() => {})
  return changed
}
