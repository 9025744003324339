/** Milliseconds after which is asked again although nothing was heard. */
const AT_LEAST = 30_000

/** Asks when something is heard, however much that is: at most once in `pause` milliseconds. */
export class Paced {
  readonly #ask: () => Promise<void>
  readonly #pause: number
  #askedAt = -Infinity
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(ask: () => Promise<void>, pause: number) {
    this.#ask = ask
    this.#pause = pause
  }

  stir = (): void => {
    const wait = Math.max(0, this.#askedAt + this.#pause - performance.now())
    this.#timer ??= setTimeout(() => void this.now(), wait)
  }

  now = async (): Promise<void> => {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#askedAt = performance.now()
    await this.#ask()
  }

  /** Asks now and from time to time, and returns the function that stops. */
  open(): () => void {
    void this.now()
    const turn = setInterval(this.stir, AT_LEAST)
    return () => {
      clearInterval(turn)
      clearTimeout(this.#timer)
      this.#timer = undefined
    }
  }
}
