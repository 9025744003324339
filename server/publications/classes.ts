import type { ToldCell } from '#shared/told.ts'

export type Cell = ToldCell

/** More than any count, so that sums of many stay exact. */
export const UNKNOWN = 2 ** 30

/** Below this a count is never told. */
export const SMALL = 10

/** The smallest number that is told like `n`: below 10 all are, from there on those nearest to a multiple of 5. */
function classStart(n: number): number {
  if (n < SMALL) return 0
  return Math.max(SMALL, nearestFive(n) - 2)
}

function classEnd(n: number): number {
  return n < SMALL ? SMALL - 1 : nearestFive(n) + 2
}

/** The first number in (low, high] at which a class starts, counted on by `step` classes. */
export function startsIn(
  low: number,
  high: number,
): { count: number; at: (step: number) => number } {
  const first = classEnd(low) + 1
  if (first > high) return { count: 0, at: () => first }
  // From 13 on every class is five wide.
  const isSmall = first === SMALL
  const regular = isSmall ? classEnd(SMALL) + 1 : first
  const rest = high < regular ? 0 : Math.floor((high - regular) / 5) + 1
  return {
    count: rest + (isSmall ? 1 : 0),
    at: (step) => (isSmall ? (step === 0 ? first : regular + 5 * (step - 1)) : first + 5 * step),
  }
}

/** What a number in [low, high] looks like from outside: whole classes. */
export function cellAround(low: number, high: number): Cell {
  return [classStart(low), high >= UNKNOWN ? null : classEnd(high)]
}

/** The count to the nearest 5, where a cell is one class of 10 or more, or is exact; else null. */
export function roundedOf([low, high]: Cell): number | null {
  if (high === null || low < SMALL) return null
  if (low === high) return low
  return classEnd(low) === high ? nearestFive(high) : null
}

const nearestFive = (n: number): number => Math.round(n / 5) * 5
