import { type Logger, pino } from 'pino'

export type Log = Logger

/** One JSON object a line, on standard error, written at once so that the last words are kept. */
export function createLog(level: string): Log {
  return pino({ level, base: null }, pino.destination({ dest: 2, sync: true }))
}
