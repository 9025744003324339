import { HttpError } from '../http/errors.ts'

interface Few {
  atOnce: number
  /** Beyond these, whoever comes is sent away with a 503. */
  waiting: number
}

/** Runs so much at once and lets others wait their turn, so that dear questions leave room for the rest. */
export function fewAtATime({ atOnce, waiting }: Few): <T>(ask: () => Promise<T>) => Promise<T> {
  const queue: (() => void)[] = []
  let running = 0

  return async (ask) => {
    if (running >= atOnce) {
      if (queue.length >= waiting) {
        throw new HttpError(503, 'Too many long ranges are being counted. Ask again in a minute.')
      }
      await new Promise<void>((resolve) => queue.push(resolve))
    } else running++
    try {
      return await ask()
    } finally {
      // The place goes to the next in line, or is free.
      const next = queue.shift()
      if (next) next()
      else running--
    }
  }
}
