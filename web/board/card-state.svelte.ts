import type { About } from './defined.ts'

/** How long a pointer must rest on a label, and may be away from the card, before something happens. */
const REST = 600
const AWAY = 300

/** The one definition card of a page: which number it is about, and where it was opened. */
export class CardState {
  #about = $state.raw<About>()
  #anchor: HTMLElement | undefined
  #isByHand = false
  #timer: ReturnType<typeof setTimeout> | undefined

  get about(): About | undefined {
    return this.#about
  }

  get anchor(): HTMLElement | undefined {
    return this.#anchor
  }

  /** Opened by a click or a key, so that it takes the focus; a resting pointer moves no focus. */
  get isByHand(): boolean {
    return this.#isByHand
  }

  open(about: About, anchor: HTMLElement): void {
    clearTimeout(this.#timer)
    this.#show(about, anchor, { isByHand: true })
  }

  close(): void {
    clearTimeout(this.#timer)
    const isInside = document.activeElement?.closest('[role=dialog]')
    this.#about = undefined
    if (isInside) this.#anchor?.focus()
  }

  /** The pointer came over a label. */
  rest(about: About, anchor: HTMLElement): void {
    clearTimeout(this.#timer)
    if (this.#about && this.#isByHand) return
    this.#timer = setTimeout(() => this.#show(about, anchor, { isByHand: false }), REST)
  }

  /** It came over the card. */
  stay(): void {
    clearTimeout(this.#timer)
  }

  /** It left label or card. */
  leave(): void {
    clearTimeout(this.#timer)
    if (!this.#isByHand) this.#timer = setTimeout(() => (this.#about = undefined), AWAY)
  }

  #show(about: About, anchor: HTMLElement, { isByHand }: { isByHand: boolean }): void {
    this.#anchor = anchor
    this.#isByHand = isByHand
    this.#about = about
  }
}
