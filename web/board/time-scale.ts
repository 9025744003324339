import { DAY, HOUR, MINUTE } from '#shared/time.ts'

/** Durations people know, in seconds: a scale begins and ends at one, and names those between. */
const MARKS = [
  ...[1, 10, MINUTE / 1000, (10 * MINUTE) / 1000, HOUR / 1000, (6 * HOUR) / 1000],
  ...[1, 7, 30, 90, 365, 3650, 36_500].map((days) => (days * DAY) / 1000),
]
/** Names of marks stand at least this far apart, as a share of the scale. */
const APART = 0.14

/** A logarithmic scale of durations: equal distances are equal ratios. */
export interface TimeScale {
  from: number
  to: number
  /** In seconds, without the ends, each far enough from the one before to be named. */
  marks: number[]
}

/** From the last mark before the shortest to the first after the longest, so that it seldom changes. */
export function timeScale(durations: readonly (number | null)[]): TimeScale {
  const known = durations.filter((seconds) => seconds !== null)
  const shortest = known.length > 0 ? Math.min(...known) : HOUR / 1000
  const longest = known.length > 0 ? Math.max(...known) : DAY / 1000
  const from = MARKS.findLast((mark) => mark < shortest) ?? MARKS[0]!
  const to = MARKS.find((mark) => mark > Math.max(longest, from)) ?? MARKS.at(-1)!
  const marks = MARKS.filter((mark) => mark > from && mark < to)
  return { from, to, marks: spaced(marks, { from, to }) }
}

/** Where a duration lies on a scale, from 0 to 100. */
export function placeOn({ from, to }: Pick<TimeScale, 'from' | 'to'>, seconds: number): number {
  const share = Math.log(Math.max(seconds, from) / from) / Math.log(to / from)
  return 100 * Math.min(1, share)
}

function spaced(marks: readonly number[], ends: Pick<TimeScale, 'from' | 'to'>): number[] {
  const kept: number[] = []
  for (const mark of marks) {
    const last = kept.at(-1)
    const gap = last === undefined ? 1 : (placeOn(ends, mark) - placeOn(ends, last)) / 100
    if (gap >= APART) kept.push(mark)
  }
  return kept
}
