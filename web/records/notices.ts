import type { Told } from '#shared/unread.ts'

/** Milliseconds from one notice to the next. */
const PAUSE = 30_000
/** What comes together is told together. */
const GATHER = 1000

/** Gathers what is new into one notice at most every 30 seconds, and tells it while the page is seen. */
export class Notices {
  readonly #tell: (told: readonly Told[]) => void
  readonly #isSeen: () => boolean
  #waiting: Told[] = []
  #toldAt = -Infinity
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(tell: (told: readonly Told[]) => void, isSeen: () => boolean) {
    this.#tell = tell
    this.#isSeen = isSeen
  }

  add(told: Told): void {
    this.#waiting.push(told)
    this.#timer ??= setTimeout(
      this.#look,
      Math.max(GATHER, this.#toldAt + PAUSE - performance.now()),
    )
  }

  /** What was read meanwhile is no news. */
  keep(isUnread: (told: Told) => boolean): void {
    this.#waiting = this.#waiting.filter(isUnread)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#waiting = []
  }

  #look = (): void => {
    this.#timer = undefined
    const told = this.#waiting
    this.#waiting = []
    if (told.length === 0 || !this.#isSeen()) return
    this.#toldAt = performance.now()
    this.#tell(told)
  }
}
