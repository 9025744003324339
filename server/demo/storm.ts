import { DAY, HOUR } from '#shared/time.ts'
import { type Area, areas } from './areas.ts'
import { hourOfWeek, surge } from './calibration.ts'
import { categories, type Category } from './categories.ts'
import { pickFrom, type Random } from './random.ts'

/*
 * A storm comes from the sea every 13 weeks, on a Sunday morning, so that whenever the city is founded
 * its 90 days of history hold one storm, and never two.
 */

const EVERY = 91 * DAY
/** The midnight before one of them, by the city's clock. */
const ONE = Date.parse('2026-10-18T00:00:00+08:00')
const BREAKS = 7
/** On so many days more damage than usual is told. */
const TOLD = 5
/** How much later than usual its agencies close at first, and when they have caught up. */
const [BEHIND, CAUGHT_UP] = [6 * DAY, 10 * DAY]

/** Milliseconds since the midnight before the last storm. */
const sinceStorm = (at: number): number => (((at - ONE) % EVERY) + EVERY) % EVERY

/** Tickets a storm adds to an hour, as a share of all on a mean day. */
export function surgeIn(startOfHour: number): number {
  const since = sinceStorm(startOfHour)
  const day = Math.floor(since / DAY)
  const hour = Math.floor((since % DAY) / HOUR)
  if (day >= TOLD || (day === 0 && hour < BREAKS)) return 0
  return surge.firstDay * surge.nextDay ** day * workday[hour]!
}

/** The hours of a Wednesday, as shares of the day. */
const workday = sharesOf(hourOfWeek[2]!)

function sharesOf(counts: readonly number[]): number[] {
  const sum = counts.reduce((total, count) => total + count, 0)
  return counts.map((count) => count / sum)
}

const damage: Partial<Record<string, number>> = {
  'fallen-trees': 46,
  'power-cuts': 20,
  drains: 16,
  'street-lights': 6,
  leaks: 4,
  'signs-signals': 4,
  beaches: 4,
}
const damaged = categories.flatMap((category) => {
  const weight = damage[category.code]
  return weight === undefined ? [] : [{ category, weight }]
})
const pickDamaged = pickFrom(damaged)

export const pickDamage = (random: Random): Category => pickDamaged(random).category

const SHORE = 3
const pickHit = pickFrom(
  areas.map((area) => ({ area, weight: area.weight * (area.isShore ? SHORE : 1) })),
)

export const pickHitArea = (random: Random): Area => pickHit(random).area

const busy = new Set(damaged.map(({ category }) => category.agency))

/** When an agency closes what it would close at `at`: after a storm it falls behind, and catches up. */
export function behind(random: Random, { agency }: Category, at: number): number {
  const since = sinceStorm(at) - BREAKS * HOUR
  if (since < 0 || since > CAUGHT_UP || !busy.has(agency)) return at
  return at + random() * BEHIND * (1 - since / CAUGHT_UP) ** 2
}
