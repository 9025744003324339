import type { Ticket } from '../ticket.ts'

/** Visits each spell [start, end) in which the ticket was open; `end` is Infinity while it is. */
export function eachSpell(ticket: Ticket, visit: (start: number, end: number) => void): void {
  let start = ticket.receivedAt
  for (const reopening of ticket.reopenings ?? []) {
    visit(start, reopening.closedAt)
    start = reopening.at
  }
  visit(start, ticket.closedAt ?? Infinity)
}

/** Visits the instant of every close, the earlier ones first. */
export function eachClose(ticket: Ticket, visit: (at: number) => void): void {
  for (const reopening of ticket.reopenings ?? []) visit(reopening.closedAt)
  if (ticket.closedAt !== null) visit(ticket.closedAt)
}
