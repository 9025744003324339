import { scrollWhenTall } from './scroll-when-tall.ts'

/**
 * Where the reader is: the address as something reactive. Nothing else writes to the history, so that each
 * entry keeps its number, under which the place on the page is found again when the reader comes back.
 */
class Place {
  #path = $state.raw(location.pathname)
  #query = $state.raw(location.search)
  #entry = numberIn(history.state) ?? 0
  #top = 0
  readonly #tops = new Map<number, number>()

  constructor() {
    history.scrollRestoration = 'manual'
    addEventListener('popstate', ({ state }) => this.#come(numberIn(state)))
    // A page that is loaded again is the browser's to scroll.
    addEventListener('pagehide', () => (history.scrollRestoration = 'auto'))
    addEventListener('pageshow', () => (history.scrollRestoration = 'manual'))
    this.#write('replaceState', location.href)
  }

  get path(): string {
    return this.#path
  }

  get query(): string {
    return this.#query
  }

  /** Leads to an address of ours, as a link does: to its top. */
  go(href: string): void {
    this.#leave()
    this.#write('pushState', href)
    this.#arrive(0)
  }

  /** Another query of this page, as a step the reader can go back from. */
  push(query: string): void {
    if (query === location.search) return
    this.#leave()
    this.#write('pushState', location.pathname + query)
    this.#query = query
  }

  /** The same place, written properly. */
  correct(query: string): void {
    if (query !== location.search) this.#write('replaceState', location.pathname + query)
  }

  /** To be called when the page of a new path stands. */
  settle(): void {
    scrollWhenTall(this.#top)
  }

  #come(entry: number | undefined): void {
    if (entry === undefined) return this.#number()
    this.#tops.set(this.#entry, scrollY)
    this.#entry = entry
    this.#arrive(this.#tops.get(entry) ?? 0)
  }

  /** The browser went to a `#place` on this page: so that others find back to it, its entry gets a number too. */
  #number(): void {
    this.#entry++
    this.#write('replaceState', location.href)
  }

  #leave(): void {
    this.#tops.set(this.#entry, scrollY)
    this.#entry++
  }

  #write(how: 'pushState' | 'replaceState', href: string): void {
    history[how]({ entry: this.#entry }, '', href)
  }

  #arrive(top: number): void {
    const isElsewhere = this.#path !== location.pathname
    this.#path = location.pathname
    this.#query = location.search
    this.#top = top
    if (!isElsewhere) this.settle()
  }
}

/** The number of an entry of ours; a step to a `#place` on the page has none. */
function numberIn(state: unknown): number | undefined {
  const entry = (state as { entry?: unknown } | null)?.entry
  return typeof entry === 'number' ? entry : undefined
}

export const place = new Place()
