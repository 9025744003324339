import type { Ticket } from '../ticket.ts'
import { minuteOf } from '../time.ts'
import { rate } from './measure.ts'
import type { Part } from './part.ts'

/** Closed for good at or before the due date. */
export function isOnTime(ticket: Pick<Ticket, 'closedAt' | 'dueAt'>): boolean {
  return ticket.closedAt !== null && ticket.dueAt !== null && ticket.closedAt <= ticket.dueAt
}

const duePart: Part = {
  code: 8,
  id: 'due',
  kind: 'flow',
  contribute(ticket, add) {
    if (ticket.dueAt !== null) add(duePart, minuteOf(ticket.dueAt), 1, 0)
  },
}

const dueMetPart: Part = {
  code: 9,
  id: 'dueMet',
  kind: 'flow',
  contribute(ticket, add) {
    if (isOnTime(ticket)) add(dueMetPart, minuteOf(ticket.dueAt!), 1, 0)
  },
}

export const onTimeRate = rate(dueMetPart, duePart, {
  id: 'onTimeRate',
  version: 1,
  clock: 'cohort',
  countedAt: 'dueAt',
  judge: 'agency',
  formula: 'closed for good by the due date ÷ all that fell due in the window',
})
