import type { Deployment } from '#shared/deployment.ts'
import { type Dimension, dimensions, type Status, statuses } from '#shared/ticket.ts'
import {
  type TicketGrouping,
  ticketGroupings,
  type TicketSort,
  ticketSorts,
  type TicketState,
  ticketStates,
  usualOrder,
} from '#shared/tickets.ts'
import { type Filters, NONE, type PresetWindow, presetWindows } from '#shared/view.ts'

/** What a link to the list says: everything it shows follows from it. */
export interface Question {
  filters: Filters
  status: readonly Status[]
  state: readonly TicketState[]
  /** A preset, or `START/END` as the API's `received`; undefined: all of the time. */
  window?: string | undefined
  sort: Exclude<TicketSort, 'age'>
  order: 'asc' | 'desc'
  /** Counts by group in the list's place. */
  group?: TicketGrouping | undefined
  /** A search in the list's place. */
  q?: string | undefined
}

/** All tickets, the newest first. */
export const emptyQuestion: Question = {
  filters: {},
  status: [],
  state: [],
  sort: 'received',
  order: 'desc',
}

/** What a question may name: the opened dimensions and their members. */
export type Choices = Pick<Deployment, 'opened' | 'members'>

const MOST_CODES = 100
const RANGE = /^[\d-]+(T[\d:]+Z)?\/[\d-]+(T[\d:]+Z)?$/

/** Reads a query string. What it does not know falls back to the default or is left out. */
export function parseQuestion(query: string, choices: Choices): Question {
  const params = new URLSearchParams(query)
  const window = oneOf(presetWindows, params.get('window')) ?? rangeIn(params.get('received'))
  const group = oneOf(ticketGroupings, params.get('group'))
  const q = params.get('q')?.trim()
  return {
    filters: filtersIn(params, choices),
    status: someOf(statuses, params.getAll('status')),
    state: someOf(ticketStates, params.getAll('state')),
    ...ordered(params),
    ...(window && { window }),
    ...(group && (group === 'status' || choices.opened.includes(group)) && { group }),
    ...(q && { q }),
  }
}

/** The query string of a question: empty for the default, and the same for equal questions. */
export function formatQuestion(question: Question): string {
  const params = apiParams(question, (code) => code)
  if (question.group) params.set('group', question.group)
  if (question.q) params.set('q', question.q)
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}

/** The same tickets and order as the API is asked for them. Commas part its values; a gap spells a code's own. */
export function apiQuery(question: Question): string {
  return apiParams(question, (code) => code.replaceAll(',', ' ')).toString()
}

export const isPreset = (window: string | undefined): window is PresetWindow =>
  oneOf(presetWindows, window ?? null) !== undefined

function apiParams(question: Question, write: (code: string) => string): URLSearchParams {
  const { filters, status, state, window, sort, order } = question
  const params = new URLSearchParams()
  for (const dimension of dimensions) {
    for (const code of filters[dimension] ?? []) params.append(dimension, write(code))
  }
  for (const one of status) params.append('status', one)
  for (const one of state) params.append('state', one)
  if (window !== undefined) params.set(isPreset(window) ? 'window' : 'received', window)
  if (sort !== 'received') params.set('sort', sort)
  if (order !== usualOrder[sort]) params.set('order', order)
  return params
}

/** `age` is the time since receipt: the same order as by receipt, the other way round. */
function ordered(params: URLSearchParams): Pick<Question, 'sort' | 'order'> {
  const sort = oneOf(ticketSorts, params.get('sort')) ?? 'received'
  const order = oneOf(['asc', 'desc'] as const, params.get('order')) ?? usualOrder[sort]
  if (sort !== 'age') return { sort, order }
  return { sort: 'received', order: order === 'desc' ? 'asc' : 'desc' }
}

function filtersIn(params: URLSearchParams, { opened, members }: Choices): Filters {
  const found: Partial<Record<Dimension, readonly string[]>> = {}
  for (const dimension of opened) {
    const known = new Set([NONE, ...(members[dimension] ?? []).map(({ code }) => code)])
    const told = params
      .getAll(dimension)
      .flatMap((value) => (known.has(value) ? [value] : value.split(',')))
    const codes = [...new Set(told)].filter((code) => known.has(code)).slice(0, MOST_CODES)
    if (codes.length > 0) found[dimension] = codes
  }
  return found
}

const rangeIn = (text: string | null): string | undefined =>
  text !== null && RANGE.test(text) ? text : undefined

function someOf<T extends string>(list: readonly T[], values: readonly string[]): T[] {
  const told = new Set(values.flatMap((value) => value.split(',')))
  return list.filter((one) => told.has(one))
}

function oneOf<T extends string>(list: readonly T[], value: string | null): T | undefined {
  return list.find((item) => item === value)
}
