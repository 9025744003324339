import type { Deployment } from '#shared/deployment.ts'
import type { Cell, Row, ViewState } from '#shared/view.ts'
import type { Closing } from './reach.ts'
import { cellReader } from './read-view.ts'

/** A category's numbers, or those of several together. */
export interface Category extends Closing {
  code: string
  received: number
  /** Received in the period before; null while that is not known. */
  before: Cell
  open: number
  overdue: number
  /** Closes whose durations p50 and p90 are of. */
  closed: number
}

/** The fewest closes of which nine in ten can be told from all. */
const NINE_IN_TEN = 10

export interface CategoryViews {
  now: ViewState
  before: ViewState | undefined
  targets: Deployment['targets']
}

/** Every category of either period: one that nothing came in for any more has moved too. */
export function categoriesIn({ now, before, targets }: CategoryViews): Category[] {
  const were = receivedIn(before)
  const readNow = cellReader(now)
  const rows = new Map<string, Row>(now.rows.map((row) => [row[0] ?? '', row]))
  return [...new Set([...rows.keys(), ...(were?.keys() ?? [])])].map((code) => {
    const row = rows.get(code)
    return {
      ...numbersOf((column) => (row ? readNow(row, column) : null)),
      code,
      before: were ? (were.get(code) ?? 0) : null,
      target: targets?.[code]?.onTime ?? null,
    }
  })
}

/** All categories together; what each promises is not promised of all. */
export function allCategories({ now, before }: CategoryViews): Category {
  const read = cellReader(now)
  const was = before ? cellReader(before)(before.totals, 'received') : null
  return {
    ...numbersOf((column) => read(now.totals, column)),
    code: '',
    before: was,
    target: null,
  }
}

function numbersOf(read: (column: string) => Cell): Omit<Category, 'code' | 'before' | 'target'> {
  const closed = read('timeToClose.n') ?? 0
  return {
    received: read('received') ?? 0,
    open: read('open') ?? 0,
    overdue: read('overdue') ?? 0,
    closed,
    p50: read('timeToClose.p50'),
    p90: closed < NINE_IN_TEN ? null : read('timeToClose.p90'),
  }
}

function receivedIn(view: ViewState | undefined): Map<string, number> | undefined {
  if (!view) return undefined
  const read = cellReader(view)
  return new Map(view.rows.map((row) => [row[0] ?? '', read(row, 'received') ?? 0]))
}
