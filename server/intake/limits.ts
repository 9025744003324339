import type { IncomingMessage } from 'node:http'
import { type RateLimit, rateLimit } from '../http/rate-limit.ts'

/** A line that is longer counts as several. */
const BYTES_A_LINE = 4096
/** Wrong keys that an address may try in a minute. */
const WRONG_KEYS = 30

/** What intake lets a sender do. */
export interface IntakeLimits {
  /** Lines, by source. */
  lines: RateLimit
  /** Wrong keys, by address. */
  wrongKeys: RateLimit
  addressOf: (req: IncomingMessage) => string
  /** Milliseconds that the database may take for a batch. */
  patience: number
}

interface Choice extends Pick<IntakeLimits, 'addressOf' | 'patience'> {
  /** 0 is no limit. */
  eventsPerMinute: number
  onRefused?: (by: 'source' | 'key') => void
}

export function intakeLimits({ eventsPerMinute, onRefused, ...rest }: Choice): IntakeLimits {
  return {
    ...rest,
    lines: rateLimit({
      windows: [{ points: eventsPerMinute, seconds: 60 }],
      of: 'events from this source',
      onRefused: () => onRefused?.('source'),
    }),
    wrongKeys: rateLimit({
      windows: [{ points: WRONG_KEYS, seconds: 60 }],
      of: 'wrong keys from this address',
      onRefused: () => onRefused?.('key'),
    }),
  }
}

/** What a piece of a body counts as. */
export function pointsOf({ lines, bytes }: { lines: number; bytes: number }): number {
  return Math.max(lines, Math.ceil(bytes / BYTES_A_LINE))
}
