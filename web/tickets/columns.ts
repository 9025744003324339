import type { Dimension } from '#shared/ticket.ts'
import type { Key } from '../i18n/t.ts'
import type { Question } from './question.ts'

export type ColumnId =
  | ('id' | 'standing' | 'category' | 'area' | 'agency')
  | ('received' | 'due' | 'closed' | 'reopenings' | 'flag')

export interface Column {
  id: ColumnId
  head: Key
  /** A track of the grid that all rows are laid on. */
  track: string
  sort?: Question['sort']
  isNumber?: true
}

const all: readonly Column[] = [
  { id: 'id', head: 'tickets.column.id', track: '7.5rem' },
  { id: 'standing', head: 'tickets.column.standing', track: '7.25rem' },
  { id: 'category', head: 'ranking.column.category', track: 'minmax(0, 1.3fr)' },
  { id: 'area', head: 'ranking.column.area', track: 'minmax(0, 1fr)' },
  { id: 'agency', head: 'ranking.column.agency', track: 'minmax(0, 1.2fr)' },
  { id: 'received', head: 'tickets.column.received', track: '7.5rem', sort: 'received' },
  { id: 'due', head: 'tickets.column.due', track: '15.5rem', sort: 'due' },
  { id: 'closed', head: 'tickets.column.closed', track: '7.5rem', sort: 'closed' },
  { id: 'reopenings', head: 'tickets.column.reopenings', track: '4.5rem', isNumber: true },
]

const dimensions: readonly string[] = ['category', 'area', 'agency'] satisfies Dimension[]

/** A dimension that is not opened has no column. */
export const columnsFor = (opened: readonly Dimension[]): readonly Column[] =>
  all.filter(({ id }) => !dimensions.includes(id) || opened.includes(id as Dimension))

/** Behind all others, for who may flag. */
export const flagColumn: Column = { id: 'flag', head: 'tickets.column.flag', track: '2.5rem' }

export const tracksOf = (columns: readonly Column[]): string =>
  columns.map(({ track }) => track).join(' ')

/** The order a press on a column's head leads to: its usual one, then the other. */
export function orderAfter(
  pressed: Question['sort'],
  { sort, order }: Pick<Question, 'sort' | 'order'>,
): Pick<Question, 'sort' | 'order'> {
  const usual = pressed === 'due' ? 'asc' : 'desc'
  if (pressed !== sort) return { sort: pressed, order: usual }
  return { sort, order: order === 'asc' ? 'desc' : 'asc' }
}
