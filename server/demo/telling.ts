import type { TicketEvent } from '#shared/events.ts'

/** What is said of a ticket at an instant, beyond what was said before. */
export interface Step {
  at: number
  said: Partial<TicketEvent>
}

/** All that is said of a ticket, in order of time, from its receipt on. */
export type Telling = Step[]

/** Never earlier than what was told before. */
export function tell(telling: Telling, at: number, said: Step['said']): void {
  telling.push({ at: Math.max(at, telling.at(-1)?.at ?? at), said })
}

/** The whole state of a ticket once its `index`th step is told. */
export function eventAt(steps: readonly Step[], index: number): TicketEvent {
  const event = { ...unsaid, version: index + 1 }
  for (let step = 0; step <= index; step++) Object.assign(event, steps[step]!.said)
  return event
}

/** A ticket of which nothing is said. */
export const unsaid: TicketEvent = {
  type: 'ticket',
  id: '',
  version: 0,
  receivedAt: 0,
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
  reopenings: null,
  survey: null,
  location: null,
  summary: null,
  duplicateOf: null,
  transfers: 0,
}
