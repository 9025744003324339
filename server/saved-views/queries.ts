import type { SavedView } from '#shared/saved-view.ts'
import type { Db } from '../db/connect.ts'

interface Own {
  personId: string
  id: string
}

/** The one that was saved last stands first. */
export function savedViewsOf(db: Db, personId: string): Promise<SavedView[]> {
  return db
    .selectFrom('savedView')
    .select(['id', 'name', 'href', 'savedAt'])
    .where('personId', '=', personId)
    .orderBy('savedAt', 'desc')
    .orderBy('id')
    .execute()
}

/** Until the transaction ends, nobody else counts what this person keeps. */
export async function lockSavedViews(trx: Db, personId: string): Promise<void> {
  await trx.selectFrom('person').select('id').where('id', '=', personId).forNoKeyUpdate().execute()
}

export async function countOthers(db: Db, { personId, id }: Own): Promise<number> {
  const { count } = await db
    .selectFrom('savedView')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('personId', '=', personId)
    .where('id', '!=', id)
    .executeTakeFirstOrThrow()
  return count
}

export async function putSavedView(db: Db, view: SavedView & Own): Promise<void> {
  const { name, href, savedAt } = view
  await db
    .insertInto('savedView')
    .values(view)
    .onConflict((on) => on.columns(['personId', 'id']).doUpdateSet({ name, href, savedAt }))
    .execute()
}

export async function deleteSavedView(db: Db, { personId, id }: Own): Promise<void> {
  await db.deleteFrom('savedView').where('personId', '=', personId).where('id', '=', id).execute()
}
