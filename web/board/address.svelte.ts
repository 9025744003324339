/** The query the page was opened with or led to, as something reactive. Back and forward change it too. */
export class Address {
  #query = $state.raw(location.search)

  get query(): string {
    return this.#query
  }

  /** A step the reader can go back from. */
  push(query: string): void {
    if (query === location.search) return
    history.pushState(null, '', location.pathname + query)
    this.#query = query
  }

  /**
   * The same place, written properly. What was asked for stays known: a name that the server has not
   * told yet may come with its next edition.
   */
  correct(query: string): void {
    if (query !== location.search) history.replaceState(null, '', location.pathname + query)
  }

  /** Starts following back and forward, and returns the function that stops. */
  open(): () => void {
    const follow = () => (this.#query = location.search)
    addEventListener('popstate', follow)
    return () => removeEventListener('popstate', follow)
  }
}
