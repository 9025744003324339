import { cleanName, MOST, type SavedView } from '#shared/saved-view.ts'
import type { Keeper, Undo, Unkept } from './keeper.ts'
import { NAME, readSaved, writeSaved } from './store.ts'

/** The views that are kept in this browser, the same in all its tabs. */
export class BrowserViews implements Keeper {
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
  async save(name: string, href: string): Promise<Unkept | undefined> {
    const named = cleanName(name)
    if (named === '') return 'unnamed'
    if (readStore().length >= MOST) return 'many'
    const view = { id: crypto.randomUUID(), name: named, href, savedAt: Date.now() }
    return this.#change((views) => [view, ...views])
  }

  async rename(id: string, name: string): Promise<Unkept | undefined> {
    const named = cleanName(name)
    if (named === '') return 'unnamed'
    return this.#change((views) =>
      views.map((view) => (view.id === id ? { ...view, name: named } : view)),
    )
  }

  /** What puts it back puts it where it was. */
  async remove(id: string): Promise<Unkept | Undo> {
    const place = this.#list.findIndex((view) => view.id === id)
    const view = this.#list[place]
    const unkept = this.#change((views) => views.filter((other) => other.id !== id))
    if (unkept) return unkept
    return async () =>
      this.#change((views) =>
        !view || views.some((other) => other.id === id) ? views : views.toSpliced(place, 0, view),
      )
  }

  /** Begins with what is stored now, so that what another tab has just saved is kept. */
  #change(next: (views: readonly SavedView[]) => readonly SavedView[]): Unkept | undefined {
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
