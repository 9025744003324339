import { DAY, HOUR, MINUTE } from '#shared/time.ts'

/** Durations people know, in seconds: a scale begins and ends at one, and names those between. */
const MARKS = [
  ...[1, 10, MINUTE / 1000, (10 * MINUTE) / 1000, HOUR / 1000, (6 * HOUR) / 1000],
  ...[1, 7, 30, 90, 365, 3650, 36_500].map((days) => (days * DAY) / 1000),
]
/** Where not all of them can be named, these first. */
const NAMED_FIRST = [86_400, 3600, 604_800, 2_592_000, 21_600, 600]
/** Names of marks stand at least this far apart, from 0 to 100. */
const APART = 10

/** A logarithmic scale of durations: equal distances are equal ratios. */
export interface TimeScale {
  from: number
  to: number
  /** In seconds, without the ends, each far enough from the others to be named. */
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
  const inTurn = [...NAMED_FIRST.filter((mark) => marks.includes(mark)), ...marks]
  for (const mark of inTurn) {
    const isFar = (other: number) => Math.abs(placeOn(ends, mark) - placeOn(ends, other)) >= APART
    if (kept.every(isFar)) kept.push(mark)
  }
  return kept.sort((a, b) => a - b)
}
