/** The query of the page's address, as something reactive. Back and forward change it too. */
export class Address {
  #query = $state.raw(location.search)

  get query(): string {
    return this.#query
  }

  /** A step the reader can go back from. */
  push(query: string): void {
    if (query === this.#query) return
    history.pushState(null, '', location.pathname + query)
    this.#query = query
  }

  /** The same place, written properly. */
  correct(query: string): void {
    if (query === this.#query) return
    history.replaceState(null, '', location.pathname + query)
    this.#query = query
  }

  /** Starts following back and forward, and returns the function that stops. */
  open(): () => void {
    const follow = () => (this.#query = location.search)
    addEventListener('popstate', follow)
    return () => removeEventListener('popstate', follow)
  }
}
