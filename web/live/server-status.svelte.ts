import type { ServerStatus } from '#shared/server-status.ts'

/** Often enough for what changes with a deployment or a day, and a small part of what one address may ask. */
const EVERY = 15_000
const UNANSWERED = 10_000

/** What the server says of itself, asked again for as long as a page shows it. */
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
    void this.#ask()
    const timer = setInterval(() => void this.#ask(), EVERY)
    return () => clearInterval(timer)
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
