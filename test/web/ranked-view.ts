import type { Row, ViewState } from '#shared/view.ts'

const columns = [
  'key',
  'received',
  'open',
  'overdue',
  'onTimeRate',
  'onTimeRate.numerator',
  'onTimeRate.n',
]

/** A ranking's answer: each row its key, received, open and overdue, and the on-time rate with what it is made of. */
export const rankedView = (id: string, rows: Row[], totals: Row): ViewState => ({
  id,
  columns: columns.map((id) => ({ id })),
  rows,
  totals,
})
