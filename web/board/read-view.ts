import type { Cell, Row, ViewState } from '#shared/view.ts'

/** Reads cells by the name of their column: `received`, `onTimeRate.n`. Null where the view does not have it. */
export function cellReader(view: ViewState): (row: Row, column: string) => Cell {
  const index = new Map(view.columns.map(({ id }, position) => [id, position]))
  return (row, column) => {
    const cell = row[index.get(column) ?? -1]
    return typeof cell === 'number' ? cell : null
  }
}

export function totalOf(view: ViewState | undefined, column: string): Cell {
  return view ? cellReader(view)(view.totals, column) : null
}

/** One column over all rows. */
export function columnOf(view: ViewState | undefined, column: string): Cell[] {
  if (!view) return []
  const read = cellReader(view)
  return view.rows.map((row) => read(row, column))
}
