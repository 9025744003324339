import type { TicketEvent } from '#shared/events.ts'

/** The state of a ticket from an instant on. */
export interface Step {
  at: number
  event: TicketEvent
}

/** What is said of a ticket, as it changes: each step is the one before with something new. */
export type Telling = Step[]

type Receipt = Pick<
  TicketEvent,
  'id' | 'receivedAt' | 'agency' | 'area' | 'category' | 'channel' | 'language'
>

export function receive(receipt: Receipt): Telling {
  return [{ at: receipt.receivedAt, event: { ...unsaid, ...receipt } }]
}

/** Never earlier than what was told before. */
export function tell(telling: Telling, at: number, change: Partial<TicketEvent>): void {
  const before = telling.at(-1)!
  telling.push({
    at: Math.max(at, before.at),
    event: { ...before.event, ...change, version: before.event.version + 1 },
  })
}

const unsaid = {
  type: 'ticket',
  version: 1,
  status: 'open',
  precision: 'instant',
  respondedAt: null,
  dueAt: null,
  closedAt: null,
  closeReason: null,
  reopenings: null,
  survey: null,
  location: null,
  summary: null,
  duplicateOf: null,
  transfers: 0,
} as const
