import type { TicketDetail as Answer } from '#shared/tickets.ts'
import type { StreamPart } from '#shared/wire.ts'
import { lookWhileSeen } from '../live/look-while-seen.ts'
import { patience } from '../live/redial.ts'
import { ask, finalRefusal, type Refused } from './ask.ts'

/** A change that is heard is asked for so soon at most, in milliseconds. */
const LOOK = 1000

/** One ticket, kept as it stands now. */
export class TicketDetail {
  #answer = $state.raw<Answer>()
  #refusal = $state.raw<Refused>()
  readonly #path: string
  #hasNews = true
  #failures = 0
  #waitUntil = 0

  /** Its address below `/`. */
  constructor(path: string) {
    this.#path = path
  }

  get answer(): Answer | undefined {
    return this.#answer
  }

  /** Why it is not shown, in the server's words. */
  get refusal(): Refused | undefined {
    return this.#refusal
  }

  get isFailing(): boolean {
    return this.#failures > 0
  }

  /** `more`: what happened besides may be about this ticket. */
  heard({ events, more, isFirst }: StreamPart): void {
    const isNamed = events.some(
      ({ mark, id }) =>
        this.#path === `tickets/${encodeURIComponent(mark)}/${encodeURIComponent(id)}`,
    )
    if (isNamed || more > 0 || isFirst) this.#hasNews = true
  }

  /** Asks, and again when something was heard, for the life of a component; answers how to stop. */
  open(): () => void {
    const asking = new AbortController()
    const stop = lookWhileSeen(() => void this.#look(asking.signal), LOOK)
    return () => {
      stop()
      asking.abort()
    }
  }

  async #look(signal: AbortSignal): Promise<void> {
    if (!this.#hasNews || performance.now() < this.#waitUntil) return
    this.#hasNews = false
    try {
      const answer = await ask<Answer>(this.#path, signal)
      if (signal.aborted) return
      this.#answer = answer
      this.#refusal = undefined
      this.#failures = 0
    } catch (error) {
      if (signal.aborted) return
      this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    this.#refusal = finalRefusal(error)
    if (this.#refusal) return
    this.#hasNews = true
    this.#waitUntil = performance.now() + patience(LOOK, this.#failures++)
  }
}
