import type { Cell, ViewState } from '#shared/view.ts'
import type { Cells, Expected } from './expect.ts'

/** Where the cube and the recount disagree; a side without the row, or with it twice, says so. */
export interface Difference {
  row: string
  column: string
  cube: Cell | string
  recount: Cell | string
}

export interface Comparison {
  rows: number
  cells: number
  differences: Difference[]
}

/** Compares every cell exactly. */
export function compare(answer: ViewState, expected: Expected): Comparison {
  const columns = answer.columns.slice(1).map(({ id }) => id)
  const rows = new Map(answer.rows.map(([key, ...cells]) => [key ?? '', cells]))
  const [, ...totals] = answer.totals
  const keys = new Set([...expected.rows.keys(), ...rows.keys()])
  const differences = [
    ...compareColumns(columns, expected.columns),
    ...compareRow('all', { cube: totals, recount: expected.totals, columns }),
    ...[...keys].flatMap((key) =>
      compareRow(key, { cube: rows.get(key), recount: expected.rows.get(key), columns }),
    ),
  ]
  if (rows.size < answer.rows.length) differences.push(repeatedKey(answer))
  const count = 1 + expected.rows.size
  return { rows: count, cells: count * columns.length, differences }
}

function compareColumns(cube: readonly string[], recount: readonly string[]): Difference[] {
  if (cube.join() === recount.join()) return []
  return [{ row: 'the header', column: 'all', cube: cube.join(), recount: recount.join() }]
}

interface Sides {
  cube: Cells | undefined
  recount: Cells | undefined
  columns: readonly string[]
}

function compareRow(row: string, { cube, recount, columns }: Sides): Difference[] {
  if (!cube || !recount) {
    const side = (cells?: Cells) => (cells ? 'a row' : 'no row')
    return [{ row, column: 'all', cube: side(cube), recount: side(recount) }]
  }
  return columns.flatMap((column, at) =>
    cube[at] === recount[at]
      ? []
      : [{ row, column, cube: cube[at] ?? null, recount: recount[at] ?? null }],
  )
}

function repeatedKey({ rows }: ViewState): Difference {
  const seen = new Set<string | null>()
  const repeated = rows.find(([key]) => seen.has(key) || !seen.add(key))!
  return { row: repeated[0] ?? '', column: 'all', cube: 'more than one row', recount: 'one row' }
}
