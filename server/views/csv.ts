import type { ViewState } from '#shared/view.ts'

/** RFC 4180, with a header; the totals are the last line, with an empty key. */
export function csvOf({ columns, rows, totals }: ViewState): string {
  const lines = [columns.map(({ id }) => id), ...rows, totals]
  return lines.map((line) => `${line.map(cellOf).join(',')}\r\n`).join('')
}

function cellOf(value: string | number | null): string {
  if (value === null) return ''
  const text = String(value)
  // A spreadsheet must not take a city's name for a formula.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
