import { searchQuery } from '#shared/consultations/search-words.ts'
import type { ConsultationRow } from '../consultations/consultation-queries.ts'
import { placeAfter } from '../consultations/place-after.ts'
import { type ListedComment, listComments } from '../consultations/reading-queries.ts'
import type { Db } from '../db/connect.ts'
import { commentsFound, commentsOfGroup } from './queries.ts'

interface Asked {
  q: string
  group?: number | undefined
  /** Those alone that are withheld. */
  withheld: boolean
  /** Where a page ended. */
  after?: string | undefined
  limit: number
}

/** Comments of a consultation, the newest first, published or not: of a group, those that match, or all. */
export function commentsToModerate(
  db: Db,
  { id: consultation }: Pick<ConsultationRow, 'id'>,
  { q, group, withheld, after, limit }: Asked,
): Promise<ListedComment[]> {
  const page = { consultation, after: after === undefined ? undefined : placeAfter(after), limit }
  if (group !== undefined) return commentsOfGroup(db, { ...page, group })
  const query = q.trim() === '' ? undefined : searchQuery(consultation, q)
  if (query !== undefined) return commentsFound(db, { ...page, query })
  const isPublished = withheld ? false : undefined
  return listComments(db, { ...page, provisions: undefined, stance: undefined, isPublished })
}
