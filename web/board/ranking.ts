import type { ViewState } from '#shared/view.ts'
import { cellReader } from './read-view.ts'
import type { Ranking } from './selection.ts'
import { wilson } from '#shared/measures/wilson.ts'

/** A member's numbers in a ranking. */
export interface Ranked {
  code: string
  received: number
  open: number
  overdue: number
  onTime: Rate
}

/** A share and what it was made of; null without a denominator (I7). */
export interface Rate {
  value: number | null
  hits: number
  n: number
}

export type GroupName = 'above' | 'unclear' | 'below' | 'few' | 'all'

export interface Group {
  name: GroupName
  rows: Ranked[]
}

/**
 * Ranks by a count, most first; or by the on-time rate in groups that claim only what can be claimed:
 * a row whose interval holds the reference is not above or below it, and one under `minN` has no place.
 */
export function rank(view: ViewState, by: Ranking, minN: number): Group[] {
  const rows = rankedRows(view)
  if (by !== 'onTimeRate') return [{ name: 'all', rows: rows.sort((a, b) => b[by] - a[by]) }]
  const reference = totalRate(view).value ?? 0
  const groups: Record<Exclude<GroupName, 'all'>, Ranked[]> = {
    above: [],
    unclear: [],
    below: [],
    few: [],
  }
  for (const row of rows.sort(byRate)) groups[groupOf(row.onTime, reference, minN)].push(row)
  return (['above', 'unclear', 'below', 'few'] as const)
    .map((name) => ({ name, rows: groups[name] }))
    .filter((group) => group.rows.length > 0)
}

/** The rate of all rows together. */
export function totalRate(view: ViewState): Rate {
  return rateIn(cellReader(view), view.totals)
}

function rankedRows(view: ViewState): Ranked[] {
  const read = cellReader(view)
  return view.rows.map((row) => ({
    code: row[0] ?? '',
    received: read(row, 'received') ?? 0,
    open: read(row, 'open') ?? 0,
    overdue: read(row, 'overdue') ?? 0,
    onTime: rateIn(read, row),
  }))
}

function rateIn(read: ReturnType<typeof cellReader>, row: ViewState['totals']): Rate {
  return {
    value: read(row, 'onTimeRate'),
    hits: read(row, 'onTimeRate.numerator') ?? 0,
    n: read(row, 'onTimeRate.n') ?? 0,
  }
}

function groupOf({ hits, n }: Rate, reference: number, minN: number): Exclude<GroupName, 'all'> {
  if (n === 0 || n < minN) return 'few'
  const [low, high] = wilson(hits, n)
  if (low > reference) return 'above'
  return high < reference ? 'below' : 'unclear'
}

function byRate(a: Ranked, b: Ranked): number {
  return (
    (b.onTime.value ?? -1) - (a.onTime.value ?? -1) ||
    b.onTime.n - a.onTime.n ||
    b.overdue - a.overdue
  )
}
