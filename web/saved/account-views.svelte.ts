import { byNewest, cleanName, type SavedView } from '#shared/saved-view.ts'
import { read, Refused, tell } from '../api/ask.ts'
import type { Keeper, Undo, Unkept } from './keeper.ts'

/** `missed`: they could not be read; what was read before stands. */
type Reading = 'reading' | 'read' | 'missed'

/** The views that are kept in the account of who is signed in, the same on all their devices. */
export class AccountViews implements Keeper {
  #list = $state.raw<readonly SavedView[]>([])
  #reading = $state.raw<Reading>('reading')
  /** An answer counts only while nothing was asked or done after its question. */
  #asked = 0
  /** Sent, and not answered: it may be kept already, so that it goes again under its own id. */
  #unanswered: SavedView | undefined
  readonly #onOut: () => void

  constructor(onOut: () => void) {
    this.#onOut = onOut
  }

  get list(): readonly SavedView[] {
    return this.#list
  }

  get reading(): Reading {
    return this.#reading
  }

  async read(): Promise<void> {
    const asked = ++this.#asked
    if (this.#reading === 'missed') this.#reading = 'reading'
    let views: SavedView[] | undefined
    const refused = await this.#tried(async () => {
      views = (await read<{ views: SavedView[] }>('/saved-views')).views
    })
    if (asked !== this.#asked) return
    this.#reading = refused ? 'missed' : 'read'
    if (views) this.#list = views
  }

  async save(name: string, href: string): Promise<Unkept | undefined> {
    const named = cleanName(name)
    if (named === '') return 'unnamed'
    const before = this.#unanswered?.href === href ? this.#unanswered : undefined
    const { id, savedAt } = before ?? { id: crypto.randomUUID(), savedAt: Date.now() }
    const view = { id, name: named, href, savedAt }
    const refused = await this.put(view)
    this.#unanswered = refused?.isPassing ? view : undefined
    return refused
  }

  async rename(id: string, name: string): Promise<Unkept | undefined> {
    const named = cleanName(name)
    if (named === '') return 'unnamed'
    const view = this.#list.find((one) => one.id === id)
    return view && this.put({ ...view, name: named })
  }

  async remove(id: string): Promise<Unkept | Undo> {
    const view = this.#list.find((one) => one.id === id)
    const refused = await this.#tried(() => tell(`/saved-views/${id}`, 'DELETE'))
    if (refused) return refused
    this.#show(this.#without(id))
    return async () => view && this.put(view)
  }

  /** Once however often it is sent. */
  async put(view: SavedView): Promise<Refused | undefined> {
    const { id, name, href, savedAt } = view
    const form = { name, href, savedAt }
    const refused = await this.#tried(() => tell(`/saved-views/${id}`, 'PUT', form))
    if (!refused) this.#show([...this.#without(id), view].sort(byNewest))
    return refused
  }

  #without(id: string): SavedView[] {
    return this.#list.filter((one) => one.id !== id)
  }

  #show(list: readonly SavedView[]): void {
    this.#list = list
    this.#asked++
    if (this.#reading !== 'read') void this.read()
  }

  async #tried(act: () => Promise<unknown>): Promise<Refused | undefined> {
    try {
      await act()
      return undefined
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (error.status === 401) this.#onOut()
      return error
    }
  }
}
