import type { PresetWindow } from '#shared/view.ts'
import { everything, type Filter, type Selection } from './selection.ts'

/** What stands on one side of a comparison: a member or the whole city, in the window or in the period before. */
export interface Side {
  filter?: Filter | undefined
  period?: 'previous' | undefined
}

/** `now`, `previous`, `agency:PWD`, `previous:agency:PWD`. */
export function sideText({ filter, period }: Side): string {
  const member = filter && `${filter.dimension}:${filter.code}`
  if (period) return member ? `previous:${member}` : 'previous'
  return member ?? 'now'
}

/** The address that puts two sides beside each other. */
export function compareHref(a: Side, b: Side, window: PresetWindow = everything.window): string {
  const params = new URLSearchParams({ a: sideText(a), b: sideText(b) })
  if (window !== everything.window) params.set('window', window)
  return `/compare?${params}`
}

/**
 * What comparing begins with: the first two members the board is narrowed to; one against the city; or the
 * city against itself in the period before.
 */
export function compareLink({ filters, window }: Selection): string {
  const [a, b] = filters
  if (!a) return compareHref({}, { period: 'previous' }, window)
  return compareHref({ filter: a }, b ? { filter: b } : {}, window)
}
