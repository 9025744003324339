import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import { type Closing, closings } from './calibration.ts'
import type { Category } from './categories.ts'
import { around, type Random } from './random.ts'

/** Half of what is closed at once is closed by then. */
export const INSTANT = 3 * MINUTE
/** Of the real tickets a third are closed within minutes: here that is left to agencies that hurry. */
const [SHORTEST, HANDLING] = [11 * MINUTE, 25 * MINUTE]
const [LATE, LATEST] = [80 * DAY, 120 * DAY]
/** Real lateness runs to years; the root of it leaves the invented city a backlog of months. */
const LATENESS = 0.5

/** The shares at which `Closing.hours` are known. Before the first and after the last they are level. */
const shares = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1] as const

/** The hours within which what is closed on time is closed. */
const onTimeWithin = new Map(
  Object.values<Closing>(closings).map((closing) => [closing, hoursAt(closing, closing.onTime)]),
)

/**
 * Milliseconds from receipt to the close: as real work of this kind is closed, drawn out so that the
 * real share of it is closed by the due date of the invented category. `pace` is the area's.
 */
export function closeAfter(random: Random, category: Category, pace: number): number {
  const { agency, closing, dueWithin } = category
  if (random() < agency.instant) return around(random, INSTANT, 0.5)
  const ofDue = (pace * hoursAt(closing, random())) / onTimeWithin.get(closing)!
  const after = dueWithin * HOUR * (ofDue > 1 ? ofDue ** LATENESS : ofDue)
  const longest = LATE + (LATEST - LATE) * random()
  return SHORTEST + around(random, HANDLING, 0.8) + Math.min(after, longest)
}

/** The hours within which `share` of the work is closed; between known shares on a logarithmic scale. */
function hoursAt({ hours }: Closing, share: number): number {
  let next = 1
  while (shares[next]! < share) next++
  const low = hours[Math.max(0, next - 2)]!
  const high = hours[Math.min(next - 1, 5)]!
  const part = (share - shares[next - 1]!) / (shares[next]! - shares[next - 1]!)
  return low * (high / low) ** part
}
