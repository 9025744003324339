import { MOST, type SavedView } from '#shared/saved-view.ts'
import type { Db } from '../db/connect.ts'
import { HttpError } from '../http/errors.ts'
import { countOthers, lockSavedViews, putSavedView } from './queries.ts'

/** Keeps a view, or what became of it. However many are sent at once, no more are kept than may be. */
export async function keepView(db: Db, personId: string, view: SavedView): Promise<void> {
  const own = { ...view, personId }
  await db.transaction().execute(async (trx) => {
    await lockSavedViews(trx, personId)
    if ((await countOthers(trx, own)) >= MOST) throw tooMany()
    await putSavedView(trx, own)
  })
}

function tooMany(): HttpError {
  const why = `Your account keeps ${MOST} views already. Delete one first; all of them stay as they are.`
  return new HttpError(409, why, { code: 'saved-view.many' })
}
