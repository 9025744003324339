/** How often one that waits looks whether it may run. */
const LOOK = 100

interface Work<T> {
  mayRun: () => boolean
  run: (asked: T) => void
  /** Told of what will not run any more, because something later was asked. */
  overtake: (asked: T) => void
}

/** Runs what is asked when it may, and of what has to wait only the latest: memory is one question. */
export function latestOnly<T>({ mayRun, run, overtake }: Work<T>) {
  let waiting: { asked: T } | undefined
  let timer: NodeJS.Timeout | undefined

  function look(): void {
    timer = undefined
    if (!waiting) return
    if (!mayRun()) return void (timer = setTimeout(look, LOOK))
    const { asked } = waiting
    waiting = undefined
    run(asked)
  }

  return {
    ask(asked: T): void {
      if (waiting) overtake(waiting.asked)
      waiting = { asked }
      if (timer === undefined) look()
    },
    stop(): void {
      clearTimeout(timer)
      waiting = undefined
    },
  }
}
