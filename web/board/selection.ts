import type { Deployment } from '#shared/deployment.ts'
import type { Dimension } from '#shared/ticket.ts'
import {
  type At,
  type Filters,
  NONE,
  presetWindows,
  type PresetWindow,
  readPair,
} from '#shared/view.ts'

export const rankings = ['onTimeRate', 'received', 'open', 'overdue'] as const
export type Ranking = (typeof rankings)[number]

export const categorySorts = ['movers', 'received', 'overdue'] as const
export type CategorySort = (typeof categorySorts)[number]

/** Ways of showing a panel that are not its usual one: bars for the map, a table for a chart, all rows. */
export const switches = [
  ...(['bars', 'flow-table', 'consultations-table'] as const),
  ...(['all-agency', 'all-area', 'all-category', 'all-target', 'all-alert'] as const),
] as const
export type Switch = (typeof switches)[number]

/** What a link to the page says: everything the page shows follows from it. */
export interface Selection {
  window: PresetWindow
  /** What agencies and areas are ranked by. */
  rank: Ranking
  /** Which categories come first. */
  sort: CategorySort
  /** In the order in which they were set: Escape takes the last one off. */
  filters: readonly Filter[]
  /** In the order of `switches`. */
  show: readonly Switch[]
  /** The consultation whose part is shown closer. It narrows nothing else: tickets belong to none. */
  consultation?: string | undefined
  /** The past moment that is shown; undefined: now, live. */
  at?: At | undefined
}

export interface Filter {
  dimension: Dimension
  code: string
}

/** What a selection may name: the opened dimensions and their members. */
export type Choices = Pick<Deployment, 'opened' | 'members'>

const MOST_CODES = 100
const CONSULTATION = /^[a-z0-9-]{1,80}$/

export const everything: Selection = {
  window: '24h',
  rank: 'onTimeRate',
  sort: 'movers',
  filters: [],
  show: [],
}

/** Reads a query string. What it does not know falls back to the default or is left out. */
export function parseSelection(query: string, choices: Choices): Selection {
  const params = new URLSearchParams(query)
  const at = readPair(params.get('at') ?? '')
  const consultation = CONSULTATION.exec(params.get('consultation') ?? '')?.[0]
  return {
    window: oneOf(presetWindows, params.get('window')) ?? everything.window,
    rank: oneOf(rankings, params.get('rank')) ?? everything.rank,
    sort: oneOf(categorySorts, params.get('sort')) ?? everything.sort,
    filters: filtersIn(params, choices),
    show: switches.filter((each) => params.get('show')?.split(',').includes(each)),
    ...(consultation !== undefined && { consultation }),
    ...(at && { at }),
  }
}

/** The query string of a selection: empty for the default, and the same for equal selections. */
export function formatSelection(selection: Selection): string {
  const { window, rank, sort, filters, show, consultation, at } = selection
  const params = new URLSearchParams()
  if (window !== everything.window) params.set('window', window)
  if (rank !== everything.rank) params.set('rank', rank)
  if (sort !== everything.sort) params.set('sort', sort)
  for (const { dimension, code } of filters) params.append(dimension, code)
  if (consultation !== undefined) params.set('consultation', consultation)
  const lists = [show.length > 0 && `show=${show.join()}`, at && `at=${at.join()}`]
  const parts = [params.toString(), ...lists].filter(Boolean)
  return parts.length > 0 ? `?${parts.join('&')}` : ''
}

/** A way of showing a panel, or its usual one. */
export function withSwitch(selection: Selection, one: Switch, isOn: boolean): Selection {
  const show = switches.filter((each) => (each === one ? isOn : selection.show.includes(each)))
  return { ...selection, show }
}

/** Adds a filter, or takes it off when it is there. */
export function toggleFilter(selection: Selection, filter: Filter): Selection {
  const others = selection.filters.filter((other) => !isSame(other, filter))
  const isNew = others.length === selection.filters.length
  return { ...selection, filters: isNew ? [...others, filter] : others }
}

export function isFiltered(selection: Selection, filter: Filter): boolean {
  return selection.filters.some((other) => isSame(other, filter))
}

/** Narrowed to one member of a dimension, in the place of what else the dimension was narrowed to. */
export function narrowTo(selection: Selection, filter: Filter | undefined): Selection {
  if (!filter) return selection
  const { consultation: _, ...narrowed } = selection
  return { ...narrowed, filters: [filter, ...widenBy(selection, filter.dimension).filters] }
}

/** Without the filters of a dimension. */
export function widenBy(selection: Selection, dimension: Dimension | undefined): Selection {
  const filters = selection.filters.filter((filter) => filter.dimension !== dimension)
  return { ...selection, filters }
}

/** The filters as a view's question has them, without those of `except`. */
export function viewFilters({ filters }: Selection, except?: Dimension): Filters | undefined {
  const kept = filters.filter(({ dimension }) => dimension !== except)
  if (kept.length === 0) return undefined
  const codes = Map.groupBy(kept, ({ dimension }) => dimension)
  return Object.fromEntries([...codes].map(([key, list]) => [key, list.map(({ code }) => code)]))
}

function filtersIn(params: URLSearchParams, { opened, members }: Choices): Filter[] {
  const filters: Filter[] = []
  const counts = new Map<Dimension, number>()
  for (const [key, value] of params) {
    const dimension = oneOf(opened, key)
    if (!dimension) continue
    const known = new Set([NONE, ...(members[dimension] ?? []).map((member) => member.code)])
    for (const code of known.has(value) ? [value] : value.split(',')) {
      const count = counts.get(dimension) ?? 0
      const filter = { dimension, code }
      if (!known.has(code) || count >= MOST_CODES || filters.some((f) => isSame(f, filter)))
        continue
      counts.set(dimension, count + 1)
      filters.push(filter)
    }
  }
  return filters
}

const isSame = (a: Filter, b: Filter) => a.dimension === b.dimension && a.code === b.code

function oneOf<T extends string>(list: readonly T[], value: string | null): T | undefined {
  return list.find((item) => item === value)
}
