/** The ages of the tickets of a row that are open now, in seconds, the youngest first. */
export interface Ages {
  readonly count: number
  at(rank: number): number
}

/** Ages are told in whole minutes: how long before the running minute the ticket was received. */
export const ageAt = (minute: number, received: number): number => (minute - 1 - received) * 60

/** The middle one, or halfway between the middle two; null of nothing (I7). */
export function median(ages: Ages | null): number | null {
  if (!ages || ages.count === 0) return null
  const { count } = ages
  return (ages.at((count - 1) >> 1) + ages.at(count >> 1)) / 2
}

/** Null of nothing (I7). */
export function oldest(ages: Ages | null): number | null {
  return !ages || ages.count === 0 ? null : ages.at(ages.count - 1)
}
