import { DAY, HOUR, MINUTE } from '#shared/time.ts'
import type { Closing } from './calibration.ts'
import type { Category } from './city.ts'
import type { Random } from './random.ts'

const SHORTEST = MINUTE / 4
const LATEST = 120 * DAY
/** Real lateness runs to years; the root of it leaves the invented city a backlog of months. */
const LATENESS = 0.5

/** The shares at which `Closing.hours` are known. Before the first and after the last they are level. */
const shares = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1] as const

/**
 * Milliseconds from receipt to the close: as real work of this kind is closed, drawn out so that the
 * real share of it is closed by the due date of the invented category.
 */
export function closeAfter(random: Random, { dueWithin, closing }: Category): number {
  const ofDue = hoursAt(closing, random()) / hoursAt(closing, closing.onTime)
  const after = dueWithin * HOUR * (ofDue > 1 ? ofDue ** LATENESS : ofDue)
  return Math.min(Math.max(after, SHORTEST), LATEST)
}

/** The hours within which `share` of the work is closed; between known shares on a logarithmic scale. */
function hoursAt({ hours }: Closing, share: number): number {
  const known = [hours[0], ...hours, hours[5]]
  const next = Math.max(
    1,
    shares.findIndex((one) => one >= share),
  )
  const [low, high] = [shares[next - 1]!, shares[next]!]
  const part = (share - low) / (high - low)
  return known[next - 1]! * (known[next]! / known[next - 1]!) ** part
}
