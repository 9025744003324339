import type { Db } from '../../db/connect.ts'

/** How many comments of a consultation the source has told. */
export async function countTold(db: Db, sourceId: number, code: string): Promise<number> {
  const { count } = await db
    .selectFrom('comment')
    .innerJoin('consultation', 'consultation.id', 'comment.consultation')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('comment.sourceId', '=', sourceId)
    .where('code', '=', code)
    .executeTakeFirstOrThrow()
  return Number(count)
}
