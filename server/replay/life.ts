import type { EventJson } from '../import/event-of.ts'

/** A ticket's last state becomes what was known of it earlier: one event per moment of its life. */
export interface Step {
  /** When it happened, in milliseconds. */
  at: number
  /** The last state there is of the ticket. */
  ticket: EventJson
}

/** When a ticket was received, answered, closed and asked about, in order; what lies before receipt is known with it. */
export function lifeOf(ticket: EventJson): Step[] {
  const receivedAt = Date.parse(ticket.receivedAt!)
  const later = [ticket.respondedAt, ticket.closedAt, ticket.survey?.at]
    .filter((text) => text != null)
    .map((text) => Date.parse(text))
    .filter((at) => at > receivedAt)
  const moments = [receivedAt, ...new Set(later.sort((a, b) => a - b))]
  return moments.map((at) => ({ at, ticket }))
}

/** What a source would have sent at that moment, under a version that is that moment. */
export function eventAt({ at, ticket }: Step): EventJson {
  const isPast = (text: string | null | undefined) => text != null && Date.parse(text) <= at
  const isSettled = ticket.closedAt === null || isPast(ticket.closedAt)
  const known = isSettled ? ticket : { ...ticket, ...beforeItsClose }
  return {
    ...known,
    version: at,
    respondedAt: isPast(ticket.respondedAt) ? ticket.respondedAt : null,
    survey: isPast(ticket.survey?.at) ? ticket.survey : null,
  }
}

const beforeItsClose = {
  status: 'open',
  closedAt: null,
  closeReason: null,
  duplicateOf: null,
} as const

/** The same life, `by` milliseconds later. */
export function shiftTicket(ticket: EventJson, by: number): EventJson {
  const shift = (text: string | null) =>
    text === null ? null : new Date(Date.parse(text) + by).toISOString()
  const { survey } = ticket
  return {
    ...ticket,
    receivedAt: shift(ticket.receivedAt),
    respondedAt: shift(ticket.respondedAt),
    dueAt: shift(ticket.dueAt),
    closedAt: shift(ticket.closedAt),
    survey: survey && { ...survey, at: shift(survey.at) },
  }
}
