import type { Unread } from '#shared/unread.ts'
import { Refused, tell } from '../api/ask.ts'

/** Milliseconds until a server that did not answer is asked again. */
const AGAIN = 5000

interface Hearing {
  /** All that is known here. */
  state: () => Unread
  /** What is known on all devices; undefined: nothing is kept for whoever this is. */
  onKept: (kept: Unread | undefined) => void
}

/** Brings together what is known here and on other devices, one question at a time, until it is answered. */
export class Keeping {
  readonly #hearing: Hearing
  #timer: ReturnType<typeof setTimeout> | undefined
  #isAsking = false
  #isWanted = false

  constructor(hearing: Hearing) {
    this.#hearing = hearing
  }

  keep = (): void => {
    this.#isWanted = true
    clearTimeout(this.#timer)
    if (!this.#isAsking) void this.#ask()
  }

  stop(): void {
    this.#isWanted = false
    clearTimeout(this.#timer)
  }

  async #ask(): Promise<void> {
    this.#isAsking = true
    while (this.#isWanted) {
      this.#isWanted = false
      await this.#bringTogether()
    }
    this.#isAsking = false
  }

  async #bringTogether(): Promise<void> {
    const { state, onKept } = this.#hearing
    try {
      onKept((await tell<{ unread: Unread }>('/unread', 'PUT', state())).unread)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (!error.isPassing) return onKept(undefined)
      this.#timer = setTimeout(this.keep, Math.max(AGAIN, error.wait * 1000))
    }
  }
}
