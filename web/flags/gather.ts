/** Gathers what came, and tells it all at once: at first right away, then at most once in `pause` milliseconds. */
export class Gather<One> {
  #all = new Set<One>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #toldAt = -Infinity
  readonly #tell: (all: ReadonlySet<One>) => void
  readonly #pause: number

  constructor(tell: (all: ReadonlySet<One>) => void, pause: number) {
    this.#tell = tell
    this.#pause = pause
  }

  add(...some: readonly One[]): void {
    for (const one of some) this.#all.add(one)
    const wait = Math.max(0, this.#toldAt + this.#pause - performance.now())
    this.#timer ??= setTimeout(this.#flush, wait)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#all = new Set()
  }

  #flush = (): void => {
    const all = this.#all
    this.#all = new Set()
    this.#timer = undefined
    this.#toldAt = performance.now()
    this.#tell(all)
  }
}
