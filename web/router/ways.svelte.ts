import { Address } from './address.svelte.ts'
import { shownIn, toggleShown } from './shown.ts'

/** How the panels of the page that makes it are shown: its address says it, so that a link reproduces it. */
export class Ways {
  readonly #address = new Address()
  readonly #shown: readonly string[] = $derived(shownIn(this.#address.query))

  has(one: string): boolean {
    return this.#shown.includes(one)
  }

  /** A step to go back from. */
  toggle(one: string): void {
    this.#address.push(toggleShown(this.#address.query, one))
  }
}
