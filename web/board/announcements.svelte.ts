import { untrack } from 'svelte'
import type { Cell } from '#shared/view.ts'

/** So long after something was told of the numbers, the next is told. */
const PAUSE = 30_000

/** The numbers that are told, and what they answer. */
export interface Heard {
  question: unknown
  numbers: Readonly<Record<string, Cell>>
}

/** What a screen reader is told, in the page's one live region. Times are milliseconds of any clock that does not go back. */
export class Announcements {
  #text = $state.raw('')
  #told: Heard | undefined
  #toldAt = -Infinity

  get text(): string {
    return this.#text
  }

  /** At once. What is the same as before is told again. */
  say(text: string): void {
    const before = untrack(() => this.#text)
    this.#text = text === before && text !== '' ? `${text}\u00a0` : text
  }

  /** Tells at most every 30 seconds which numbers are others than those last told, in `words`. */
  hear(heard: Heard, now: number, words: (changed: string[]) => string): void {
    const told = this.#told
    if (!told || told.question !== heard.question) return this.#remember(heard, now)
    if (now - this.#toldAt < PAUSE) return
    const changed = Object.keys(heard.numbers).filter(
      (id) => told.numbers[id] !== heard.numbers[id],
    )
    if (changed.length === 0) return
    this.say(words(changed))
    this.#remember(heard, now)
  }

  #remember(heard: Heard, now: number): void {
    this.#told = heard
    this.#toldAt = now
  }
}
