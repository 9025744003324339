import { cleanName, MOST, NAME, readSaved, type SavedView, writeSaved } from './store.ts'

/** Why something was not kept. */
export type Refused = 'full' | 'many' | 'unnamed'

/** The views a reader has saved in this browser, the same in all its tabs. */
export class SavedViews {
  #list = $state.raw<readonly SavedView[]>(readStore())

  get list(): readonly SavedView[] {
    return this.#list
  }

  /** Follows what other tabs save, and returns the function that stops. */
  follow(): () => void {
    const onstorage = ({ key }: StorageEvent) => {
      if (key === NAME || key === null) this.#list = readStore()
    }
    addEventListener('storage', onstorage)
    return () => removeEventListener('storage', onstorage)
  }

  /** The newest stands first. */
  save(name: string, href: string): Refused | undefined {
    const named = cleanName(name)
    if (named === '') return 'unnamed'
    if (readStore().length >= MOST) return 'many'
    const view = { id: crypto.randomUUID(), name: named, href, savedAt: Date.now() }
    return this.#change((views) => [view, ...views])
  }

  rename(id: string, name: string): Refused | undefined {
    const named = cleanName(name)
    if (named === '') return 'unnamed'
    return this.#change((views) =>
      views.map((view) => (view.id === id ? { ...view, name: named } : view)),
    )
  }

  /** Returns what puts it back where it was; undefined when there is no such view. */
  remove(id: string): (() => Refused | undefined) | undefined {
    const place = this.#list.findIndex((view) => view.id === id)
    const view = this.#list[place]
    if (!view || this.#change((views) => views.filter((other) => other.id !== id))) return undefined
    return () =>
      this.#change((views) =>
        views.some((other) => other.id === id) ? views : views.toSpliced(place, 0, view),
      )
  }

  /** Begins with what is stored now, so that what another tab has just saved is kept. */
  #change(next: (views: readonly SavedView[]) => readonly SavedView[]): Refused | undefined {
    const views = next(readStore())
    try {
      localStorage.setItem(NAME, writeSaved(views))
    } catch {
      return 'full'
    }
    this.#list = views
    return undefined
  }
}

function readStore(): SavedView[] {
  try {
    return readSaved(localStorage.getItem(NAME))
  } catch {
    return []
  }
}
