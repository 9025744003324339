import type { Category } from './categories.ts'
import { moved, moveOf } from './moved.ts'
import type { CategorySort } from './selection.ts'

/** So many are shown whole; of more, the first. */
const ALL = 12
export const FIRST = 10

/**
 * Movers: first what has clearly moved, the furthest first; then what may be chance; then what is too few to
 * compare. Raw percentages would put the smallest categories on top.
 */
export function sortCategories(
  categories: readonly Category[],
  by: CategorySort,
  minN: number,
): Category[] {
  const keys: Record<CategorySort, (category: Category) => number[]> = {
    movers: (category) => moverKeys(category, minN),
    received: ({ received }) => [received],
    overdue: ({ overdue }) => [overdue],
  }
  return categories
    .map((category) => ({ category, rank: [...keys[by](category), category.received] }))
    .sort((a, b) => byRank(a.rank, b.rank) || (a.category.code < b.category.code ? -1 : 1))
    .map(({ category }) => category)
}

/** The first rows and, wherever they stand, those that the page is narrowed to; and all others. */
export function firstCategories(
  sorted: readonly Category[],
  isChosen: (code: string) => boolean,
): { shown: Category[]; others: Category[] } {
  if (sorted.length <= ALL) return { shown: [...sorted], others: [] }
  const isShown = ({ code }: Category, place: number) => place < FIRST || isChosen(code)
  return {
    shown: sorted.filter(isShown),
    others: sorted.filter((category, place) => !isShown(category, place)),
  }
}

/** Several as one row: counts add up, percentiles do not. */
export function together(categories: readonly Category[]): Category {
  const sum = (of: (category: Category) => number) =>
    categories.reduce((total, category) => total + of(category), 0)
  return {
    code: '',
    received: sum(({ received }) => received),
    before: categories.some(({ before }) => before === null)
      ? null
      : sum(({ before }) => before ?? 0),
    open: sum(({ open }) => open),
    overdue: sum(({ overdue }) => overdue),
    closed: sum(({ closed }) => closed),
    p50: null,
    p90: null,
    target: null,
  }
}

function moverKeys({ received, before }: Category, minN: number): number[] {
  if (before === null) return [0, 0]
  const move = moveOf(received, before, minN)
  if (move === 'few') return [0, 0]
  const isClear = move === 'more' || move === 'fewer'
  return [isClear ? 2 : 1, Math.abs(moved(received, before))]
}

/** The larger first, by the first place where they differ. */
function byRank(a: readonly number[], b: readonly number[]): number {
  const place = a.findIndex((value, index) => value !== b[index])
  return place < 0 ? 0 : b[place]! - a[place]!
}
