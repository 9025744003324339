import type { Category } from '../board/categories.ts'
import { sortCategories } from '../board/category-order.ts'
import { moveOf } from '../board/moved.ts'

/** So many rows can be read from across a room. */
const MOST = 5

export interface ClearMove {
  code: string
  move: 'more' | 'fewer'
  now: number
  before: number
}

/** The categories that have clearly moved, the furthest first, and how many others there are. */
export function clearMoves(
  categories: readonly Category[],
  minN: number,
): { rows: ClearMove[]; others: number } {
  const rows = sortCategories(categories, 'movers', minN)
    .flatMap(({ code, received: now, before }) => {
      if (before === null) return []
      const move = moveOf(now, before, minN)
      return move === 'more' || move === 'fewer' ? [{ code, move, now, before }] : []
    })
    .slice(0, MOST)
  return { rows, others: categories.length - rows.length }
}
