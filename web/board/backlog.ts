import type { Cell, ViewState } from '#shared/view.ts'
import { totalOf } from './read-view.ts'

export const bands = ['days0to7', 'days8to30', 'days31to90', 'daysOver90'] as const

/** The open tickets of one age, or of all. Null where there is no number yet. */
export interface BacklogRow {
  id: (typeof bands)[number] | 'all'
  open: Cell
  overdue: Cell
  /** Open, against the end of the period before. */
  change: Cell
}

/** The four bands, the youngest first. The table has its rows before it has its numbers. */
export function backlogRows(now?: ViewState, before?: ViewState): BacklogRow[] {
  return bands.map((id) => {
    const open = totalOf(now, `backlogAge.${id}`)
    const was = totalOf(before, `backlogAge.${id}`)
    return { id, open, overdue: totalOf(now, `overdueByAge.${id}`), change: minus(open, was) }
  })
}

export function allOpen(now?: ViewState, before?: ViewState): BacklogRow {
  const open = totalOf(now, 'open')
  const change = minus(open, totalOf(before, 'open'))
  return { id: 'all', open, overdue: totalOf(now, 'overdue'), change }
}

const minus = (now: Cell, before: Cell): Cell =>
  now === null || before === null ? null : now - before
