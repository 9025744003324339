import type { PublicTicket } from '#shared/tickets.ts'
import { DAY, HOUR } from '#shared/time.ts'
import type { TicketListName } from '#shared/work.ts'

/** A ticket's clock as a bar: what is left of a span, or by how much it is over. */
export interface ClockRow {
  /** In hundredths of the span. */
  share: number
  isOver: boolean
  /** Left, or over: never negative. */
  seconds: number
}

const spans = [HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR].concat(
  [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1000, 2000, 5000].map(
    (days) => days * DAY,
  ),
)

/** The first round span that holds so much. */
const roundSpan = (time: number): number => spans.find((span) => span >= time) ?? spans.at(-1)!

interface Reading {
  now: number
  /** Of the whole list; a new ticket is held against the time that is allowed for it. */
  span: number | undefined
}

/** Undefined where the ticket has no such clock. */
export function clockRow(
  ticket: PublicTicket,
  list: TicketListName,
  { now, span }: Reading,
): ClockRow | undefined {
  const by = list === 'new' ? ticket.respondBy : ticket.dueAt
  if (by === null) return undefined
  const left = Date.parse(by) - now
  const whole = span ?? Math.max(1, Date.parse(by) - Date.parse(ticket.receivedAt))
  const share = Math.min(100, (100 * Math.abs(left)) / whole)
  const isOver = left < 0
  return {
    share: isOver && span === undefined ? 100 : share,
    isOver,
    seconds: Math.abs(left) / 1000,
  }
}

/** What the bars of a list are measured by, in milliseconds; undefined: each by its own. */
export function spanOf(list: TicketListName, oldestOver: number): number | undefined {
  if (list === 'breach') return 2 * HOUR
  if (list === 'today') return DAY
  return list === 'overdue' ? roundSpan(oldestOver) : undefined
}
