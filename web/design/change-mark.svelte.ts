import { createContext, untrack } from 'svelte'
import { language } from '../i18n/language.svelte.ts'

/** As `--motion-mark`. */
const SHOWN = 1_000

/** What the numbers of a page answer: another question's numbers have not changed, they are others. */
const [question, provide] = createContext<() => unknown>()

export const provideQuestion = provide

/** Whether a number has just changed: for a second, longer while it goes on changing. Make it while a component is set up. */
export class ChangeMark {
  #isOn = $state(false)
  #timer: ReturnType<typeof setTimeout> | undefined
  #known: readonly unknown[] = []

  constructor(text: () => string | undefined, of: () => unknown = question()) {
    $effect(() => {
      const now = [of(), language().code, text()]
      untrack(() => this.#hear(now))
    })
    $effect(() => () => clearTimeout(this.#timer))
  }

  get isOn(): boolean {
    return this.#isOn
  }

  #hear(now: readonly unknown[]): void {
    const [of, code, text] = this.#known
    this.#known = now
    const isComparable = of === now[0] && code === now[1] && text !== undefined
    if (isComparable && now[2] !== undefined && text !== now[2]) this.#show()
  }

  #show(): void {
    this.#isOn = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => (this.#isOn = false), SHOWN)
  }
}
