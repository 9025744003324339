import type { Cell, ViewState } from '#shared/view.ts'
import { cellReader } from './read-view.ts'

/**
 * What was received of each category, step by step, of a view by category over time, whose keys are a code,
 * a space and the step's start; undefined where the board asks for none, and then no line is drawn.
 */
export function categoryLines(view: ViewState | undefined): Map<string, Cell[]> | undefined {
  if (!view) return undefined
  const read = cellReader(view)
  const lines = Map.groupBy(view.rows, ([key]) => (key ?? '').slice(0, key?.lastIndexOf(' ')))
  return new Map([...lines].map(([code, rows]) => [code, rows.map((row) => read(row, 'received'))]))
}
