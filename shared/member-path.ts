import type { Dimension } from './ticket.ts'
import { NONE } from './view.ts'

const folders: Partial<Record<Dimension, string>> = {
  agency: 'agencies',
  area: 'areas',
  category: 'categories',
}

/** Where a member has a page of its own; undefined where there is none. */
export function memberPath(dimension: Dimension, code: string): string | undefined {
  const folder = folders[dimension]
  return folder === undefined || code === NONE
    ? undefined
    : `/${folder}/${encodeURIComponent(code)}`
}
