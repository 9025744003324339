/** A place on the site that a reader kept under a name. */
export interface SavedView {
  id: string
  name: string
  /** Path and query. */
  href: string
  /** Milliseconds, by the reader's own clock. */
  savedAt: number
}

export const NAME = 'clerestory.saved'
const VERSION = 1
/** So many are kept; one more is refused, and it is said why. */
export const MOST = 100
export const LONGEST_NAME = 80
const LONGEST_HREF = 4_000

/** What a store holds, whatever is written there: what is no view of ours is left out. */
export function readSaved(text: string | null): SavedView[] {
  const { version, views } = parsed(text)
  if (version !== VERSION || !Array.isArray(views)) return []
  const ids = new Set<string>()
  return views
    .filter(isView)
    .filter(({ id }) => !ids.has(id) && ids.add(id))
    .slice(0, MOST)
}

export const writeSaved = (views: readonly SavedView[]): string =>
  JSON.stringify({ version: VERSION, views })

/** A name as it is kept: without what cannot be seen, and not longer than a list can show. */
export const cleanName = (name: string): string =>
  name
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_NAME)

function parsed(text: string | null): { version?: unknown; views?: unknown } {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

function isView(value: unknown): value is SavedView {
  if (typeof value !== 'object' || value === null) return false
  const { id, name, href, savedAt } = value as Partial<Record<keyof SavedView, unknown>>
  const isNamed = typeof id === 'string' && typeof name === 'string' && cleanName(name) === name
  return isNamed && name !== '' && isOwnHref(href) && Number.isFinite(savedAt)
}

/** A path of this site: never `//elsewhere`, nor a script. */
const isOwnHref = (href: unknown): boolean =>
  typeof href === 'string' && href.length <= LONGEST_HREF && /^\/(?![/\\])[^\\\s]*$/.test(href)
