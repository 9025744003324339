/** A place on the site that a reader kept under a name. */
export interface SavedView {
  /** A UUID, made where it is saved: to save it again is to save it once. */
  id: string
  name: string
  /** Path and query. */
  href: string
  /** Milliseconds, by the reader's own clock. */
  savedAt: number
}

/** So many are kept; one more is refused, and it is said why. */
export const MOST = 100
export const LONGEST_NAME = 80
const LONGEST_HREF = 4_000
/** The last instant that a `Date` has. */
const LAST = 8.64e15

/** A name as it is kept: without what cannot be seen, and not longer than a list can show. */
export const cleanName = (name: string): string =>
  name
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME)
    // Half of a character that the end cut, or the space before one.
    .replace(/[\p{Cs}\s]+$/u, '')

export const isName = (name: string): boolean => name !== '' && cleanName(name) === name

export const isId = (id: string): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(id)

/** A path of this site: never `//elsewhere`, nor a script. */
export const isOwnHref = (href: string): boolean =>
  href.length <= LONGEST_HREF && /^\/(?![/\\])[^\\\s\p{C}]*$/u.test(href)

export const isSavedAt = (at: number): boolean => Number.isInteger(at) && at >= 0 && at <= LAST

/** The one that was saved last stands first. */
export const byNewest = (one: SavedView, other: SavedView): number =>
  other.savedAt - one.savedAt || (one.id < other.id ? -1 : 1)
