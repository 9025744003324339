import { DAY, HOUR } from '#shared/time.ts'
import { timeZone } from './city.ts'
import type { Random } from './random.ts'

/** How people come to something that they are asked. Days are counted from its opening. */
export interface Coming {
  opensAt: number
  /** For how long. */
  open: number
  /** When as many come as ever will: until then the word goes round. */
  known: number
  /** Seconds from one to the next then, over a whole day. */
  every: number
}

/** As shares of what comes when everybody knows: at the opening, in the six hours of the night, in the others. */
const [AT_FIRST, AT_NIGHT, BY_DAY] = [0.03, 0.75, 13 / 12]
/** None comes much sooner or later than its turn: somebody who looks on for two minutes sees one come. */
const STRAYING = 0.4

/** When each comes, in milliseconds since 1970 and in order. */
export function momentsOf(random: Random, coming: Coming): Float64Array {
  const { opensAt, open } = coming
  const moments: number[] = []
  let before = 0
  let next = turnOf(random, 0)
  for (let hour = 0; hour * HOUR < open * DAY; hour++) {
    const many = comingIn(hour, coming)
    while (next < before + many) {
      moments.push(Math.floor(opensAt + (hour + (next - before) / many) * HOUR))
      next = turnOf(random, moments.length)
    }
    before += many
  }
  return Float64Array.from(moments)
}

const turnOf = (random: Random, number: number): number =>
  number + 0.5 + STRAYING * (random() - 0.5)

function comingIn(hour: number, { opensAt, known, every }: Coming): number {
  // Who has heard of it tells others: it grows by one factor each day.
  const heard = AT_FIRST ** Math.max(0, 1 - (hour * HOUR) / (known * DAY))
  const awake = isNight(opensAt + hour * HOUR) ? AT_NIGHT : BY_DAY
  return (heard * awake * HOUR) / (every * 1000)
}

const isNight = (at: number): boolean =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).hour < 6
