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

/** Visits the instant and the reason of every close, the earlier ones first. */
export function eachClose(
  { reopenings, closedAt, closeReason }: Ticket,
  visit: (at: number, reason: string | null) => void,
): void {
  for (const earlier of reopenings ?? []) visit(earlier.closedAt, earlier.closeReason)
  if (closedAt !== null) visit(closedAt, closeReason)
}
