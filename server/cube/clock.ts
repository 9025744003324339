import { minuteOf } from '#shared/time.ts'

/** What "now" means: the database's clock, or the time of the newest event (a replay). */
export type ClockMode = 'database' | 'events'

/**
 * The deployment's clock in milliseconds, read together with the journal's head. Before the first
 * event it stands at 1970, so that a replay of any year moves it on.
 */
export function readClock(mode: ClockMode, head: { now: number; newestAt: number | null }): number {
  return mode === 'events' ? (head.newestAt ?? 0) : head.now
}

/** The end of the running minute: a window [start, minute) holds all that has happened by now. */
export const endOfMinute = (now: number): number => minuteOf(now) + 1
