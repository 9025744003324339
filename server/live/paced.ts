export interface Paced {
  /** Runs the task as soon as it may. */
  now(): void
  /** Resolves when the last run has ended; none follows. */
  stop(): Promise<void>
}

interface Pace {
  /** The longest time without a run, in milliseconds. */
  every: number
  /** The least time from the start of one run to the start of the next; more when runs take long. */
  atMost: number
  onError: (error: unknown) => void
}

/** Runs a task over and over, never twice at once, and sooner when asked. */
export function paced(task: () => Promise<void>, { every, atMost, onError }: Pace): Paced {
  let startedAt = -Infinity
  let took = 0
  let isWanted = false
  let isStopped = false
  let running: Promise<unknown> | undefined
  let timer: NodeJS.Timeout | undefined

  function schedule(): void {
    if (isStopped || running) return
    clearTimeout(timer)
    const wait = startedAt + (isWanted ? Math.max(atMost, 2 * took) : Math.max(every, 2 * took))
    timer = setTimeout(run, Math.max(0, wait - performance.now()))
  }

  function run(): void {
    startedAt = performance.now()
    isWanted = false
    running = task()
      .then(
        () => (took = performance.now() - startedAt),
        (error: unknown) => {
          // It may have waited long for nothing; the next one need not wait for that.
          took = 0
          onError(error)
        },
      )
      .finally(() => {
        running = undefined
        schedule()
      })
  }

  return {
    now() {
      if (isWanted) return
      isWanted = true
      schedule()
    },
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await running
    },
  }
}
