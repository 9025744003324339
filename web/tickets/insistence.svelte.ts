import { patience } from '../live/redial.ts'
import { ask, finalRefusal, Refused } from './ask.ts'

/** First wait for a server that says nothing, in milliseconds. */
const FIRST_WAIT = 500

/** Asks until it is answered or finally refused, and knows how that goes. */
export class Insistence {
  #refusal = $state.raw<Refused>()
  #isFailing = $state.raw(false)

  /** Why the server does not answer, in its own words. */
  get refusal(): Refused | undefined {
    return this.#refusal
  }

  /** The last request was not answered; it is made again. */
  get isFailing(): boolean {
    return this.#isFailing
  }

  /** Another question may be answered. */
  startAnew(): void {
    this.#refusal = undefined
  }

  /** Undefined when it was stopped or refused. */
  async ask<T>(path: string, signal: AbortSignal): Promise<T | undefined> {
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        const answer = await ask<T>(path, signal)
        if (signal.aborted) return undefined
        this.#isFailing = false
        return answer
      } catch (error) {
        if (signal.aborted) return undefined
        this.#refusal = finalRefusal(error)
        this.#isFailing = !this.#refusal
        if (this.#refusal) return undefined
        await new Promise((resolve) => setTimeout(resolve, waitAfter(error, attempt)))
      }
    }
    return undefined
  }
}

const waitAfter = (error: unknown, attempt: number): number =>
  error instanceof Refused ? error.retryAfter! : patience(FIRST_WAIT, attempt)
