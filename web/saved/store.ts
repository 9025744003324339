import { isId, isName, isOwnHref, isSavedAt, MOST, type SavedView } from '#shared/saved-view.ts'

export const NAME = 'clerestory.saved'
const VERSION = 1

/** What a browser holds, whatever is written there: what is no view of ours is left out. */
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
  const isNamed = typeof id === 'string' && isId(id) && typeof name === 'string' && isName(name)
  const isPlace = typeof href === 'string' && isOwnHref(href)
  return isNamed && isPlace && typeof savedAt === 'number' && isSavedAt(savedAt)
}
