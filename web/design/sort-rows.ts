export interface Column<Row> {
  id: string
  label: string
  /** Numbers stand at the end edge, in tabular figures, and are sorted with the most first. */
  isNumber?: boolean
  text: (row: Row) => string
  /** What it is sorted by; without one it cannot be sorted. Null, "no data", comes last either way. */
  by?: (row: Row) => string | number | null
}

export interface Sort {
  column: string
  isDescending: boolean
}

/** What a press on a head leads to: the column's own order first, then the other. */
export function nextSort<Row>(column: Column<Row>, sort: Sort | undefined): Sort {
  if (sort?.column === column.id) return { ...sort, isDescending: !sort.isDescending }
  return { column: column.id, isDescending: column.isNumber ?? false }
}

export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort | undefined,
): readonly Row[] {
  const by = columns.find(({ id }) => id === sort?.column)?.by
  if (!sort || !by) return rows
  const sign = sort.isDescending ? -1 : 1
  return rows.toSorted((a, b) => {
    const [left, right] = [by(a), by(b)]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    return sign * compare(left, right)
  })
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), undefined, { numeric: true })
}
