import type { EventJson } from '../../../server/import/event-of.ts'

/** An open ticket as a file gives it; name only what the test is about. */
export function ticketJson(overrides: Partial<EventJson> = {}): EventJson {
  return {
    type: 'ticket',
    id: '1',
    version: 0,
    receivedAt: '2020-07-01T00:00:00.000Z',
    agency: null,
    area: null,
    category: null,
    channel: null,
    language: null,
    status: 'open',
    precision: 'instant',
    respondedAt: null,
    dueAt: null,
    closedAt: null,
    closeReason: null,
    survey: null,
    location: null,
    summary: null,
    duplicateOf: null,
    transfers: 0,
    ...overrides,
  }
}
