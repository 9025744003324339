import type { ModeratedPage } from '#shared/consultations/told.ts'
import { cursorOf } from '../consultations/place-after.ts'
import type { ListedComment } from '../consultations/reading-queries.ts'
import { plainComment } from '../consultations/told.ts'
import type { Directory } from '../dimensions/directory.ts'
import type { NearlySame } from './queries.ts'

export function toldModerated(
  found: readonly ListedComment[],
  groups: readonly NearlySame[],
  { limit, directory }: { limit: number; directory: Directory },
): ModeratedPage {
  const byKey = new Map(groups.map((one) => [keyOf(one), one]))
  const page = found.slice(0, limit)
  const last = page.at(-1)
  return {
    comments: page.map((one) => {
      const near = byKey.get(keyOf(one))
      return {
        ...plainComment(one, directory),
        key: keyOf(one),
        group: near ? { id: near.group, comments: near.comments } : null,
      }
    }),
    next: found.length > limit && last ? cursorOf(last) : null,
  }
}

const keyOf = ({ sourceId, id }: { sourceId: number; id: string }): string => `${sourceId}/${id}`
