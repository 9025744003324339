import { HOUR } from '#shared/time.ts'
import { hourOfWeek } from './calibration.ts'
import { timeZone } from './city.ts'
import { countOf, randomFrom, seedOf } from './random.ts'
import { surgeIn } from './storm.ts'

const TICKETS_A_DAY = 2000

/** How many tickets come in within an hour: first the usual ones, then what a storm adds. */
export interface Hour {
  seed: number
  /** Hours since 1970. */
  number: number
  /** `26112206`: the UTC hour, as ids begin. */
  digits: string
  usual: number
  all: number
}

export function hourOf(seed: number, number: number): Hour {
  const random = randomFrom(seedOf(seed, number))
  const usual = countOf(random, (TICKETS_A_DAY * 7 * shareOf(number)) / 1_000_000)
  const added = countOf(random, TICKETS_A_DAY * surgeIn(number * HOUR))
  return { seed, number, digits: digitsOf(number), usual, all: usual + added }
}

function shareOf(number: number): number {
  const local = Temporal.Instant.fromEpochMilliseconds(number * HOUR).toZonedDateTimeISO(timeZone)
  return hourOfWeek[local.dayOfWeek - 1]![local.hour]!
}

function digitsOf(number: number): string {
  return new Date(number * HOUR).toISOString().replace(/\D/g, '').slice(2, 10)
}
