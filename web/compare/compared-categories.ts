import type { Deployment } from '#shared/deployment.ts'
import { categoriesIn, type Category } from '../board/categories.ts'
import type { Pair } from './figures.ts'

/** A category's numbers on both sides; undefined on a side that has none. */
export interface ComparedCategory {
  code: string
  a: Category | undefined
  b: Category | undefined
}

/** Every category of either side, the most received on both together first. */
export function comparedCategories(
  { a, b }: Pair,
  targets: Deployment['targets'],
): ComparedCategory[] {
  const of = (now: Pair['a']) =>
    new Map(categoriesIn({ now, before: undefined, targets }).map((one) => [one.code, one]))
  const [first, second] = [of(a), of(b)]
  const received = (code: string) =>
    (first.get(code)?.received ?? 0) + (second.get(code)?.received ?? 0)
  return [...new Set([...first.keys(), ...second.keys()])]
    .sort((left, right) => received(right) - received(left) || (left < right ? -1 : 1))
    .map((code) => ({ code, a: first.get(code), b: second.get(code) }))
}
