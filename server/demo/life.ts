import type { Status } from '#shared/ticket.ts'
import { DAY, HOUR } from '#shared/time.ts'
import { type Area, areas } from './areas.ts'
import { categories, type Category } from './categories.ts'
import { courseOf, lastOf, toSecond } from './course.ts'
import type { Hour } from './hours.ts'
import { languages } from './languages.ts'
import { around, pickFrom, type Random, randomFrom, seedOf } from './random.ts'
import { type DemoSource, sources } from './sources.ts'
import { pickDamage, pickHitArea } from './storm.ts'
import { summaryOf } from './summary.ts'
import { type Step, tell, type Telling } from './telling.ts'
import { work } from './work.ts'

/** The `number`th ticket of an hour. All that ever happens to it follows from the two. */
export interface Birth {
  hour: Hour
  number: number
}

/** A ticket from its receipt to the last that is said of it. */
export interface Life {
  birth: Birth
  source: DemoSource
  steps: readonly Step[]
}

/** Whatever is said of a ticket is said within this time of its receipt. */
export const LONGEST = 160 * DAY

const [WITHOUT_AREA, SUMMED] = [0.03, 0.6]

type End = Exclude<Status, 'open'>

const pickEnd = pickFrom<{ status: End; weight: number }>([
  { status: 'closed', weight: 95 },
  { status: 'duplicate', weight: 3.3 },
  { status: 'withdrawn', weight: 1.1 },
  { status: 'out-of-jurisdiction', weight: 0.6 },
])
const pickCategory = pickFrom(categories)
const pickArea = pickFrom(areas)
const pickSource = pickFrom(sources)
const pickLanguage = pickFrom(languages)

export const lifeOf = (birth: Birth): Life => lifeSince(-Infinity, birth)!

/** Undefined when all of it was said before `since`: it is only looked into so far. */
export function lifeSince(since: number, birth: Birth): Life | undefined {
  const random = randomOf(birth)
  const start = startOf(birth, random)
  const { category, area, source, status, receivedAt, original } = start
  const job = { category, pace: area?.pace ?? 1, receivedAt }
  const course = status === 'closed' ? courseOf(random, job) : undefined
  const lastAt = course ? lastOf(course) : toSecond(receivedAt + around(random, HOUR, 1))
  if (lastAt < since) return undefined

  const telling: Telling = []
  tell(telling, receivedAt, receiptOf(birth, start, random))
  if (course) work({ telling, random, category, course })
  else tell(telling, lastAt, { status, duplicateOf: original ? idOf(original) : null })
  return { birth, source, steps: telling.filter(({ at }) => at <= receivedAt + LONGEST) }
}

interface Start extends Subject {
  status: End
  /** What a duplicate repeats. */
  original: Birth | undefined
  source: DemoSource
  language: string
  receivedAt: number
}

function startOf(birth: Birth, random: Random): Start {
  const own = subjectOf(birth, random)
  const status = endOf(birth, random)
  const original = status === 'duplicate' ? before(birth) : undefined
  return {
    ...(original ? subjectOf(original, randomOf(original)) : own),
    status,
    original,
    source: pickSource(random),
    language: pickLanguage(random).code,
    receivedAt: birth.hour.number * HOUR + Math.floor(random() * 3600) * 1000,
  }
}

function receiptOf(birth: Birth, start: Start, random: Random): Step['said'] {
  const { category, area, source, language, receivedAt } = start
  const isSummed = area !== undefined && random() < SUMMED
  return {
    id: idOf(birth),
    receivedAt,
    agency: category.agency.code,
    area: area?.code ?? null,
    category: category.code,
    channel: source.channel.code,
    language,
    summary: isSummed ? summaryOf(random, category, language) : null,
  }
}

const randomOf = ({ hour, number }: Birth): Random =>
  randomFrom(seedOf(hour.seed, hour.number, number))

/** The first ticket of an hour has none before it to repeat. */
function endOf({ number }: Birth, random: Random): End {
  const { status } = pickEnd(random)
  return status === 'duplicate' && number === 0 ? 'withdrawn' : status
}

const before = ({ hour, number }: Birth): Birth => ({ hour, number: number - 1 })

interface Subject {
  category: Category
  area: Area | undefined
}

function subjectOf({ hour, number }: Birth, random: Random): Subject {
  const isDamage = number >= hour.usual
  const category = isDamage ? pickDamage(random) : pickCategory(random)
  const isNowhere = random() < WITHOUT_AREA
  const area = isDamage ? pickHitArea(random) : pickArea(random)
  return { category, area: isNowhere ? undefined : area }
}

/** `26112206-0017`: the UTC hour of receipt, and the number in it. */
function idOf({ hour, number }: Birth): string {
  return `${hour.digits}-${String(number + 1).padStart(4, '0')}`
}
