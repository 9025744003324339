import { elapsed, type Reading } from './reading.ts'

const LONGEST = 20_000

/** When to dial next: a time to wait, counted from a reading of both clocks, so that sleep counts too. */
export interface Redial {
  from: Reading
  wait: number
}

export const isDue = ({ from, wait }: Redial, now: Reading): boolean => elapsed(from, now) >= wait

/** `base`, doubled with each attempt that failed and spread, so that a restarted server is not met by everybody at once. */
export function patience(base: number, attempt: number, chance = Math.random()): number {
  return Math.min(LONGEST, base * 2 ** attempt) * (0.75 + chance / 2)
}
