import { type Row, splitKey, type ViewSpec, type ViewState } from '#shared/view.ts'

type Line = readonly (string | number | null)[]

/**
 * RFC 4180, with a header; the totals are the last line, with an empty key. Rows of members over time
 * have two columns for it.
 */
export function csvOf({ columns, rows, totals }: ViewState, { over }: Pick<ViewSpec, 'over'>) {
  const header = columns.map(({ id }) => id) as [string, ...string[]]
  const split = over === undefined ? (line: Line) => line : withTwoKeys
  return [header, ...rows, totals].map((line) => csvLine(split(line))).join('')
}

function withTwoKeys([key, ...cells]: Row | readonly string[]): Line {
  return key == null ? ['', '', ...cells] : [...splitKey(key), ...cells]
}

export const csvLine = (line: Line): string => `${line.map(cellOf).join(',')}\r\n`

function cellOf(value: string | number | null): string {
  if (value === null) return ''
  const text = String(value)
  // A spreadsheet must not take a city's name for a formula.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
