import { createRequire } from 'node:module'
import type * as Limiters from 'rate-limiter-flexible'
import { HttpError } from './errors.ts'

/** Two files of it: all of it is as much again for each of a dozen databases in which it could count. */
const load = createRequire(import.meta.url)
const RateLimiterMemory: typeof Limiters.RateLimiterMemory = load(
  'rate-limiter-flexible/lib/RateLimiterMemory',
)
const RateLimiterRes: typeof Limiters.RateLimiterRes = load(
  'rate-limiter-flexible/lib/RateLimiterRes',
)

/** So many points within so many seconds. */
interface Window {
  points: number
  seconds: number
}

export interface RateLimit {
  /** Takes points, one if not told; throws a 429 that says when to come again when they are used up. */
  spend(key: string, points?: number): Promise<void>
  /** Throws the same when no point is left, and takes none. */
  requireLeft(key: string): Promise<void>
}

interface Limit {
  /** All of them hold. A window of no points limits nothing. */
  windows: readonly Window[]
  /** What there were too many of. */
  of: string
  onRefused?: () => void
}

/** Counts in memory, for this process alone. */
export function rateLimit({ windows, of, onRefused = () => {} }: Limit): RateLimit {
  const limiters = windows
    .filter(({ points }) => points > 0)
    .map(({ points, seconds }) => new RateLimiterMemory({ points, duration: seconds }))

  function refuse(milliseconds: number): never {
    onRefused()
    const retryAfter = Math.max(1, Math.ceil(milliseconds / 1000))
    throw new HttpError(429, `Too many ${of}. Come again in ${retryAfter} s.`, { retryAfter })
  }

  return {
    async spend(key, points = 1) {
      const results = await Promise.allSettled(limiters.map((one) => one.consume(key, points)))
      const waits = results.map((result) => (result.status === 'rejected' ? waitOf(result) : 0))
      if (waits.some((wait) => wait > 0)) refuse(Math.max(...waits))
    },
    async requireLeft(key) {
      const results = await Promise.all(limiters.map((one) => one.get(key)))
      const used = results.filter((result) => result !== null && result.remainingPoints <= 0)
      if (used.length > 0) refuse(Math.max(...used.map((result) => result!.msBeforeNext)))
    },
  }
}

function waitOf({ reason }: PromiseRejectedResult): number {
  if (reason instanceof RateLimiterRes) return Math.max(1, reason.msBeforeNext)
  throw reason
}
