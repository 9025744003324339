import type { TicketEvent } from '#shared/events.ts'
import type { Status } from '#shared/ticket.ts'
import { DAY, HOUR } from '#shared/time.ts'
import { areas, type Category, categories, type DemoSource, languages, sources } from './city.ts'
import { around, pick, type Random, randomFrom, seedOf } from './random.ts'
import { receive, type Step, tell, type Telling } from './telling.ts'
import { work } from './work.ts'

/** The `number`th ticket of an hour. All that ever happens to it follows from these three. */
export interface Birth {
  seed: number
  /** Hours since 1970. */
  hour: number
  number: number
}

/** A ticket from its receipt to the last that is said of it: in order of time, with versions from 1. */
export interface Life {
  source: DemoSource
  steps: readonly Step[]
}

/** Whatever is said of a ticket is said within this time of its receipt. */
export const LONGEST = 200 * DAY

const WITHOUT_AREA = 0.03

/** Tickets that no agency has to work on. */
const ends: { status: Exclude<Status, 'open'>; weight: number }[] = [
  { status: 'closed', weight: 95 },
  { status: 'duplicate', weight: 3.3 },
  { status: 'withdrawn', weight: 1.1 },
  { status: 'out-of-jurisdiction', weight: 0.6 },
]

export function lifeOf(birth: Birth): Life {
  const random = randomOf(birth)
  const subject = subjectOf(random)
  const source = pick(random, sources)
  const { status } = pick(random, ends)
  const original = status === 'duplicate' ? before(birth) : undefined
  const { category, area } = original ? subjectOf(randomOf(original)) : subject
  const telling = receive({
    id: idOf(birth),
    receivedAt: birth.hour * HOUR + Math.floor(random() * 3600) * 1000,
    agency: category.agency,
    area,
    category: category.code,
    channel: source.channel.code,
    language: pick(random, languages).code,
  })
  if (status === 'closed') work({ telling, random, category })
  else end(telling, random, { status, duplicateOf: original ? idOf(original) : null })
  return { source, steps: telling.filter(({ at }) => at <= telling[0]!.at + LONGEST) }
}

const randomOf = ({ seed, hour, number }: Birth): Random => randomFrom(seedOf(seed, hour, number))

/** What a duplicate repeats. */
const before = ({ seed, hour, number }: Birth): Birth =>
  number > 0 ? { seed, hour, number: number - 1 } : { seed, hour: hour - 1, number: 0 }

interface Subject {
  category: Category
  area: string | null
}

function subjectOf(random: Random): Subject {
  const category = pick(random, categories)
  const area = random() < WITHOUT_AREA ? null : pick(random, areas).code
  return { category, area }
}

function end(telling: Telling, random: Random, change: Partial<TicketEvent>): void {
  const at = telling[0]!.at + around(random, HOUR, 1)
  tell(telling, Math.ceil(at / 1000) * 1000, change)
}

/** `26112206-017`: the UTC hour of receipt, and the number in it. */
function idOf({ hour, number }: Birth): string {
  const digits = new Date(hour * HOUR).toISOString().replace(/\D/g, '').slice(2, 10)
  return `${digits}-${String(number + 1).padStart(3, '0')}`
}
