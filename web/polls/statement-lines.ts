import { wilson } from '#shared/measures/wilson.ts'
import type { ToldShare, ToldStatement } from '#shared/polls/told.ts'
import type { ViewState } from '#shared/view.ts'
import { cellReader } from '../board/read-view.ts'
import type { Sort } from '../design/sort-rows.ts'

/** One statement with what is counted of it. */
export interface StatementLine {
  statement: ToldStatement
  share: ToldShare
  n: number
  /** Of the share who agree: Wilson, 95 %; undefined where nobody voted. */
  interval: [low: number, high: number] | undefined
}

/** Those on which most have voted first. */
export function statementLines(
  statements: readonly ToldStatement[],
  view: ViewState | undefined,
): StatementLine[] {
  const rows = new Map(view?.rows.map((row) => [row[0], row]))
  const read = view && cellReader(view)
  return statements
    .map((statement) => {
      const row = rows.get(statement.key)
      const cell = (name: string) => (read && row ? (read(row, `agreement.${name}`) ?? 0) : 0)
      const share = { agree: cell('agree'), disagree: cell('disagree'), pass: cell('pass') }
      const n = cell('n')
      return { statement, share, n, interval: n > 0 ? wilson(share.agree, n) : undefined }
    })
    .sort((one, other) => other.n - one.n)
}

/** As an address says it: a column's id, after a minus where what is most comes first. */
export function sortText(sort: Sort | undefined): string {
  if (!sort) return ''
  return sort.isDescending ? `-${sort.column}` : sort.column
}

export function parseSort(text: string | null): Sort | undefined {
  if (!text) return undefined
  const isDescending = text.startsWith('-')
  return { column: isDescending ? text.slice(1) : text, isDescending }
}
