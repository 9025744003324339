import { place } from './place.svelte.ts'

/** The query of the page that makes it, as something reactive; the last one when the reader has left. */
export class Address {
  readonly #path = place.path
  #last = place.query
  readonly query: string = $derived.by(() => {
    if (place.path === this.#path) this.#last = place.query
    return this.#last
  })

  /** A step the reader can go back from. */
  push(query: string): void {
    if (place.path === this.#path) place.push(query)
  }

  /** One part of the query, as a step too; with nothing in it, it is left out. */
  set(name: string, value: string): void {
    const params = new URLSearchParams(this.query)
    if (value) params.set(name, value)
    else params.delete(name)
    this.push(params.size === 0 ? '' : `?${params}`)
  }

  /**
   * The same place, written properly. What was asked for stays known: a name that the server has not
   * told yet may come with its next edition.
   */
  correct(query: string): void {
    if (place.path === this.#path) place.correct(query)
  }
}
