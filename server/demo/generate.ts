import { HOUR } from '#shared/time.ts'
import { hourOfWeek } from './calibration.ts'
import { type DemoSource, timeZone } from './city.ts'
import { type Life, lifeOf, LONGEST } from './life.ts'
import { countOf, randomFrom, seedOf } from './random.ts'
import type { Step } from './telling.ts'

const TICKETS_A_DAY = 900

/** A step with the source that tells it. */
export interface Told extends Step {
  source: DemoSource
}

/** Everything that is told in [from, to), in order of time. The same seed tells the same. */
export function generate(seed: number, from: number, to: number): Told[] {
  const told: Told[] = []
  for (const life of lives(seed, from - LONGEST, to)) {
    told.push(...stepsIn(life, from, to))
  }
  return sortByTime(told)
}

/** The tickets received in the hours that touch [from, to). */
export function* lives(seed: number, from: number, to: number): Generator<Life> {
  for (let hour = Math.floor(from / HOUR); hour * HOUR < to; hour++) {
    const count = ticketsIn(seed, hour)
    for (let number = 0; number < count; number++) yield lifeOf({ seed, hour, number })
  }
}

export function stepsIn({ source, steps }: Life, from: number, to: number): Told[] {
  return steps.filter(({ at }) => at >= from && at < to).map((step) => ({ ...step, source }))
}

/** Of two steps of one ticket at one instant the lower version comes first. */
export function sortByTime(told: Told[]): Told[] {
  return told.sort((a, b) => a.at - b.at || a.event.version - b.event.version)
}

function ticketsIn(seed: number, hour: number): number {
  const mean = (TICKETS_A_DAY * 7 * shareOf(hour)) / 1_000_000
  return countOf(randomFrom(seedOf(seed, hour)), mean)
}

function shareOf(hour: number): number {
  const local = Temporal.Instant.fromEpochMilliseconds(hour * HOUR).toZonedDateTimeISO(timeZone)
  return hourOfWeek[local.dayOfWeek - 1]![local.hour]!
}
