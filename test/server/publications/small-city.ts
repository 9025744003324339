import fc from 'fast-check'
import { contribute } from '#shared/measures/contributions.ts'
import type { Part } from '#shared/measures/part.ts'
import type { Ticket } from '#shared/ticket.ts'
import { DAY, HOUR } from '#shared/time.ts'
import type { ToldCell } from '#shared/told.ts'
import { type Calendar, calendarOf } from '../../../server/cube/calendar.ts'
import { dayAfter, type GridWindow, windowsEndingOn } from '../../../server/publications/grid.ts'
import { Knowledge } from '../../../server/publications/knowledge.ts'
import type { Frame } from '../../../server/publications/pages.ts'
import { partsOf, publishedCounts } from '../../../server/publications/publishable.ts'
import { tell } from '../../../server/publications/publish.ts'
import { aTicket } from '../../support/ticket.ts'

/** A Monday on which a window of every length begins. */
export const FIRST = '2024-11-18'
export const utc = calendarOf('UTC')
export const parts = partsOf(publishedCounts)

/** What happened in a row: exact counts of any window, as it stood when they were asked. */
export interface City {
  calendar: Calendar
  /** The first local date that is published. */
  first: string
  keys: readonly string[]
  parts: readonly Part[]
  count(key: string, part: Part, window: Pick<GridWindow, 'start' | 'end'>): number
}

/** A publication with the truth beside it. */
export interface Published extends Frame {
  cells: readonly (readonly ToldCell[])[]
  truth: readonly (readonly number[])[]
}

/** Publishes days from `FIRST` on in the order in which they end, as the server does. */
export async function publishDays(city: City, days: number): Promise<Published[]> {
  const knowledge = new Knowledge()
  return publishWith(city, days, async (frame, truth) => {
    knowledge.open(frame, (key) => key)
    const { rows } = await tell(knowledge, { frame, rows: truth })
    return rows.map(({ cells }) => cells)
  })
}

/** The same, with each count rounded and nothing merged: what the rule would be without its proof. */
export function publishRounded(city: City, days: number): Promise<Published[]> {
  return publishWith(city, days, async (_, truth) =>
    truth.map((row) =>
      row.map((n): ToldCell => (n < 10 ? [0, 9] : [Math.max(10, five(n) - 2), five(n) + 2])),
    ),
  )
}

const five = (n: number): number => Math.round(n / 5) * 5

async function publishWith(
  city: City,
  days: number,
  cellsOf: (
    frame: Frame,
    truth: number[][],
  ) => Promise<ToldCell[][] | readonly (readonly ToldCell[])[]>,
): Promise<Published[]> {
  const published: Published[] = []
  const { calendar } = city
  const from = calendar.startOf(city.first)
  let date = city.first
  for (let day = 0; day < days; day++) {
    date = dayAfter(date)
    for (const window of windowsEndingOn(date, calendar)) {
      if (window.start < from) continue
      const truth = city.keys.map((key) => city.parts.map((part) => city.count(key, part, window)))
      const totals = city.parts.map((_, at) => truth.reduce((sum, row) => sum + row[at]!, 0))
      const { keys } = city
      const frame: Frame = {
        kind: 'counts',
        dimension: 'channel',
        keys,
        parts: city.parts,
        totals,
        ...window,
      }
      published.push({ ...frame, truth, cells: await cellsOf(frame, truth) })
    }
  }
  return published
}

/** A city of stored tickets, counted by plain addition. */
export function cityOf(
  tickets: readonly (Ticket & { key: string })[],
  keys: readonly string[],
): City {
  const all = new Map<string, Contribution[]>()
  const counted = new Set(parts)
  for (const ticket of tickets) {
    contribute(ticket, (part, minute, n) => {
      if (!counted.has(part)) return
      all.getOrInsert(`${ticket.key} ${part.id}`, []).push({ minute, n, sum: 0 })
    })
  }
  for (const contributions of all.values()) addUp(contributions)
  return {
    calendar: utc,
    first: FIRST,
    keys,
    parts,
    count(key, part, { start, end }) {
      const contributions = all.get(`${key} ${part.id}`) ?? []
      const before = part.kind === 'stock' ? 0 : sumBefore(contributions, start)
      return sumBefore(contributions, end) - before
    },
  }
}

interface Contribution {
  minute: number
  n: number
  /** Of all that came up to it. */
  sum: number
}

function addUp(contributions: Contribution[]): void {
  contributions.sort((a, b) => a.minute - b.minute)
  let sum = 0
  for (const one of contributions) one.sum = sum += one.n
}

function sumBefore(contributions: readonly Contribution[], minute: number): number {
  let [from, to] = [0, contributions.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (contributions[middle]!.minute < minute) from = middle + 1
    else to = middle
  }
  return contributions[from - 1]?.sum ?? 0
}

/** The same city, of which some tickets are told only after their day was published: the week holds more than its days. */
export function lateCity(city: City, late: readonly number[]): City {
  const more = (key: string) =>
    late.filter((row) => row % city.keys.length === city.keys.indexOf(key)).length
  return {
    ...city,
    count(key, part, window) {
      const isLate = part.id === 'received' && window.end - window.start > 1440
      return city.count(key, part, window) + (isLate ? more(key) : 0)
    },
  }
}

/** A few rows, most of them small, over two weeks or more. */
export const arbitraryCity: fc.Arbitrary<City> = fc
  .record({
    keys: fc.integer({ min: 2, max: 4 }),
    tickets: fc.array(
      fc.record({
        key: fc.oneof(
          { weight: 3, arbitrary: fc.constant(0) },
          { weight: 1, arbitrary: fc.nat(3) },
        ),
        received: fc.integer({ min: 0, max: 16 * DAY - 1 }),
        closeAfter: fc.option(fc.integer({ min: -HOUR, max: 4 * DAY }), { nil: null, freq: 4 }),
        dueAfter: fc.option(fc.integer({ min: 0, max: 3 * DAY }), { nil: null }),
        isResolved: fc.boolean(),
        transfers: fc.nat(3),
        isExcluded: fc.nat(9).map((n) => n === 0),
        reopenAfter: fc.option(fc.integer({ min: 0, max: 2 * DAY }), { nil: null, freq: 2 }),
      }),
      { minLength: 20, maxLength: 250 },
    ),
  })
  .map(({ keys, tickets }) => {
    const names = Array.from({ length: keys }, (_, at) => `row${at}`)
    return cityOf(
      tickets.map((one) => ({ ...ticketOf(one), key: names[one.key % keys]! })),
      names,
    )
  })

interface Drawn {
  received: number
  closeAfter: number | null
  dueAfter: number | null
  isResolved: boolean
  transfers: number
  isExcluded: boolean
  reopenAfter: number | null
}

function ticketOf(drawn: Drawn): Ticket {
  const receivedAt = Date.parse(`${FIRST}T00:00Z`) + drawn.received
  const after = (from: number, by: number | null) => (by === null ? null : from + by)
  const firstClose = after(receivedAt, drawn.closeAfter)
  const reopened = firstClose === null ? null : after(firstClose, drawn.reopenAfter)
  const closeReason = drawn.isResolved ? 'resolved' : 'other'
  return aTicket({
    status: drawn.isExcluded
      ? 'duplicate'
      : firstClose !== null && reopened === null
        ? 'closed'
        : 'open',
    receivedAt,
    dueAt: after(receivedAt, drawn.dueAfter),
    closedAt: reopened === null ? firstClose : null,
    closeReason,
    reopenings: reopened === null ? null : [{ closedAt: firstClose!, closeReason, at: reopened }],
    transfers: drawn.transfers,
  })
}
