import type { ServerStatus } from '#shared/server-status.ts'
import { lookWhileSeen } from './look-while-seen.ts'

/** Often enough for what changes with a deployment or a day, and a small part of what one address may ask. */
const EVERY = 15_000
const UNANSWERED = 10_000

/** What the server says of itself, asked again for as long as a page shows it to somebody. */
export class StatusStore {
  #status = $state.raw<ServerStatus>()
  #isFailing = $state.raw(false)

  get status(): ServerStatus | undefined {
    return this.#status
  }

  /** The last question was not answered: what is here is old. */
  get isFailing(): boolean {
    return this.#isFailing
  }

  /** Starts asking, and returns the function that stops. */
  open(): () => void {
    return lookWhileSeen(() => void this.#ask(), EVERY)
  }

  async #ask(): Promise<void> {
    try {
      const answer = await fetch('/api/v1/status', { signal: AbortSignal.timeout(UNANSWERED) })
      if (!answer.ok) throw new Error(`The status was not answered: ${answer.status}`)
      this.#status = (await answer.json()) as ServerStatus
      this.#isFailing = false
    } catch {
      this.#isFailing = true
    }
  }
}
