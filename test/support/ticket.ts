import type { Ticket } from '#shared/ticket.ts'
import { MINUTE } from '#shared/time.ts'

/** A stored ticket that is open; name only what the test is about. */
export function aTicket(overrides: Partial<Ticket> = {}): Ticket {
  return {
    status: 'open',
    precision: 'instant',
    receivedAt: 10 * MINUTE,
    respondedAt: null,
    respondBy: null,
    dueAt: null,
    closedAt: null,
    closeReason: null,
    reopenings: null,
    agency: 0,
    area: 0,
    category: 0,
    channel: 0,
    language: 0,
    transfers: 0,
    surveyAt: null,
    surveyResolved: null,
    surveySatisfaction: null,
    satisfied: null,
    ...overrides,
  }
}
