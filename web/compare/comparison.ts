import {
  type At,
  NONE,
  type PresetWindow,
  presetWindows,
  readPair,
  type ViewSpec,
} from '#shared/view.ts'
import { type Side, sideText } from '../board/compare-link.ts'
import { type Choices, everything } from '../board/selection.ts'
import { shownIn } from '../router/shown.ts'

/** What is compared. */
export interface Compared {
  a: Side
  b: Side
  window: PresetWindow
}

/** What the address of a comparison says: everything the page shows follows from it. */
export interface Comparison extends Compared {
  /** In the order of `switches`. */
  show: readonly (typeof switches)[number][]
  /** The past moment that is shown; undefined: now, live. */
  at?: At | undefined
}

/** Ways of showing a panel that are not its usual one. */
const switches = ['flows-table', 'all-categories'] as const

export const sides = ['a', 'b'] as const
export type SideName = (typeof sides)[number]

/** The city now, and in the period before. */
const usual: Record<SideName, Side> = { a: {}, b: { period: 'previous' } }

/** Reads a query string. A side that it does not know falls back to the city. */
export function parseComparison(query: string, choices: Choices): Comparison {
  const params = new URLSearchParams(query)
  const side = (name: SideName) => readSide(params.get(name), choices) ?? usual[name]
  const window = presetWindows.find((one) => one === params.get('window'))
  const shown = shownIn(query)
  const show = switches.filter((one) => shown.includes(one))
  const at = readPair(params.get('at') ?? '')
  const compared = { a: side('a'), b: side('b'), window: window ?? everything.window }
  return { ...compared, show, ...(at && { at }) }
}

/** The query string of a comparison: the same for equal ones, and never without its sides. */
export function formatComparison({ a, b, window, show, at }: Comparison): string {
  const params = new URLSearchParams({ a: sideText(a), b: sideText(b) })
  if (window !== everything.window) params.set('window', window)
  const lists = [show.length > 0 && `show=${show.join()}`, at && `at=${at.join()}`]
  return `?${[params.toString(), ...lists].filter(Boolean).join('&')}`
}

/** Undefined for what names no side, or a member that is not known or not opened. */
export function readSide(text: string | null, { opened, members }: Choices): Side | undefined {
  if (text === null) return undefined
  const isBefore = text === 'previous' || text.startsWith('previous:')
  const period = isBefore ? { period: 'previous' as const } : {}
  const member = isBefore ? text.slice('previous:'.length) : text
  if (member === (isBefore ? '' : 'now')) return period
  const at = member.indexOf(':')
  const dimension = opened.find((one) => one === member.slice(0, at))
  const code = member.slice(at + 1)
  const isKnown = code === NONE || members[dimension!]?.some((one) => one.code === code)
  return dimension && isKnown ? { filter: { dimension, code }, ...period } : undefined
}

export const isSameSide = (a: Side, b: Side): boolean => sideText(a) === sideText(b)

/**
 * Whether no ticket can be counted on both sides: only then are they two samples, whose difference has an
 * interval. Another period, or another member of one dimension.
 */
export function areApart({ a, b }: Compared): boolean {
  if (a.period !== b.period) return true
  const isOneDimension = a.filter && b.filter && a.filter.dimension === b.filter.dimension
  return isOneDimension === true && a.filter!.code !== b.filter!.code
}

/** A side's part of a question. */
export function askedOf({ filter, period }: Side, window: PresetWindow) {
  return {
    window,
    ...(filter && { filters: { [filter.dimension]: [filter.code] } }),
    ...(period && { period }),
  } satisfies Partial<ViewSpec>
}
