import type { TicketEvent } from '#shared/events.ts'
import type { Status } from '#shared/ticket.ts'
import { DAY, HOUR } from '#shared/time.ts'
import { around, type Random } from '../../server/demo/random.ts'

const AREAS = 12
const AGENCIES = 14
const CATEGORIES = 40
const CHANNELS = 6
const LANGUAGES = 9

/** Hours of the day, each as often as it stands here: quiet nights, busy mornings. */
const HOURS = [
  0, 3, 6, 7, 8, 8, 9, 9, 9, 10, 10, 10, 11, 11, 12, 13, 13, 14, 14, 15, 16, 17, 19, 21,
]

/** Where a city's tickets lie in time. */
export interface Span {
  /** The present: nothing has happened after it but what falls due. */
  now: number
  days: number
  tickets: number
}

/** The `number`th ticket of a city, as its source tells it now. The same random numbers, the same ticket. */
export function cityEvent(number: number, random: Random, span: Span): TicketEvent {
  const category = few(random, CATEGORIES)
  const receivedAt = receipt(number, random, span)
  const life = lifeFrom(receivedAt, random, span.now)
  return {
    type: 'ticket',
    id: `CITY-${String(number).padStart(8, '0')}`,
    version: 2,
    precision: 'instant',
    receivedAt,
    // An agency has its categories, and some work for a neighbour.
    agency: `agency-${random() < 0.9 ? category % AGENCIES : few(random, AGENCIES)}`,
    area: random() < 0.04 ? null : `area-${few(random, AREAS)}`,
    category: `category-${category}`,
    channel: `channel-${few(random, CHANNELS)}`,
    language: `language-${random() < 0.8 ? 0 : few(random, LANGUAGES)}`,
    dueAt: receivedAt + (1 + (category % 10)) * DAY,
    transfers: random() < 0.1 ? 1 + few(random, 3) : 0,
    location: { lat: 22 + random() / 10, lon: 114 + random() / 10 },
    summary: `Number ${number}: what a citizen says in a line or two about a street light`,
    duplicateOf: null,
    ...life,
  }
}

type Life = Pick<
  TicketEvent,
  'status' | 'respondedAt' | 'closedAt' | 'closeReason' | 'reopenings' | 'survey'
>

function lifeFrom(receivedAt: number, random: Random, now: number): Life {
  const happened = (at: number): number | null => (at <= now ? Math.floor(at) : null)
  const respondedAt = happened(receivedAt + around(random, 5 * HOUR, 1.2))
  const closedAt = happened(receivedAt + around(random, 50 * HOUR, 1.6))
  const isExcluded = random() < 0.04
  if (closedAt === null) {
    const status = isExcluded ? 'duplicate' : 'open'
    return {
      status,
      respondedAt,
      closedAt: null,
      closeReason: null,
      reopenings: null,
      survey: null,
    }
  }
  const again = random() < 0.05 ? happened(closedAt + around(random, 3 * DAY, 1)) : null
  const last = again === null ? closedAt : happened(again + around(random, DAY, 1))
  const closeReason = random() < 0.8 ? 'resolved' : 'referred'
  return {
    status: statusOf(last, isExcluded),
    respondedAt,
    closedAt: last,
    closeReason: last === null ? null : closeReason,
    reopenings: again === null ? null : [{ closedAt, closeReason, at: again }],
    survey: last === null ? null : surveyAfter(last, random, now),
  }
}

function statusOf(closedAt: number | null, isExcluded: boolean): Status {
  if (closedAt === null) return 'open'
  return isExcluded ? 'withdrawn' : 'closed'
}

function surveyAfter(closedAt: number, random: Random, now: number): TicketEvent['survey'] {
  const at = Math.floor(closedAt + around(random, DAY, 1))
  if (random() > 0.12 || at > now) return null
  return { at, resolved: random() < 0.75, satisfaction: 5 - few(random, 5) }
}

/** Day by day, as they came: that is how they lie in a table. */
function receipt(number: number, random: Random, { now, days, tickets }: Span): number {
  const day = days - Math.floor((number / tickets) * days)
  const hour = HOURS[Math.floor(random() * HOURS.length)]!
  return Math.floor(now - day * DAY + hour * HOUR + random() * HOUR)
}

/** 0 to n − 1, low numbers most often: a quarter of all lies in the first sixteenth. */
const few = (random: Random, n: number): number => Math.floor(n * random() ** 2)
