import { HttpError } from '../http/errors.ts'

interface Few {
  atOnce: number
  /** Beyond these, whoever comes is sent away with a 503. */
  waiting: number
}

/** Runs so many tasks at once; the others wait in line, and leave it when nobody waits for them any more. */
export function fewAtOnce({ atOnce, waiting }: Few) {
  let running = 0
  const line = new Set<() => void>()

  async function enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    if (running < atOnce) return void running++
    if (line.size >= waiting) {
      const why = 'Too many long lists are being read. Ask again in a minute.'
      throw new HttpError(503, why, { retryAfter: 60 })
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const leave = () => {
      line.delete(resolve)
      reject(signal.reason)
    }
    line.add(resolve)
    signal.addEventListener('abort', leave, { once: true })
    await promise.finally(() => signal.removeEventListener('abort', leave))
  }

  /** Whoever is next takes over the place. */
  function leave(): void {
    const [next] = line
    if (!next) return void running--
    line.delete(next)
    next()
  }

  return async <T>(signal: AbortSignal, task: () => Promise<T>): Promise<T> => {
    await enter(signal)
    try {
      return await task()
    } finally {
      leave()
    }
  }
}
