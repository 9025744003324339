import type { Row, ViewChange, ViewState } from '#shared/view.ts'

/** What leads from one answer to another. */
export function difference(before: ViewState, after: ViewState): ViewChange {
  const old = new Map(before.rows.map((row) => [row[0], row]))
  const changed = after.rows.filter((row) => !isSameRow(row, old.get(row[0])))
  for (const [key] of after.rows) old.delete(key)
  return { id: after.id, changed, gone: [...old.keys()], totals: after.totals }
}

export function isSameRow(row: Row, other: Row | undefined): boolean {
  return other !== undefined && row.every((cell, at) => cell === other[at])
}
