import type { Ticket } from '../ticket.ts'
import { DAY, minuteOf } from '../time.ts'
import { rate } from './measure.ts'
import type { Part } from './part.ts'

/** A close counts for the last time when this has passed. */
export const REOPEN_WITHIN = 14 * DAY

/** Visits every close, with the instant of the reopening that followed it, null if none did. */
function eachOutcome(
  ticket: Ticket,
  visit: (closedAt: number, reopenedAt: number | null) => void,
): void {
  for (const { closedAt, at } of ticket.reopenings ?? []) visit(closedAt, at)
  if (ticket.closedAt !== null) visit(ticket.closedAt, null)
}

const reopenDuePart: Part = {
  code: 31,
  id: 'reopenDue',
  kind: 'flow',
  contribute: (ticket, add) =>
    eachOutcome(ticket, (closedAt) => add(reopenDuePart, minuteOf(closedAt + REOPEN_WITHIN), 1, 0)),
}

const reopenedSoonPart: Part = {
  code: 32,
  id: 'reopenedSoon',
  kind: 'flow',
  contribute: (ticket, add) =>
    eachOutcome(ticket, (closedAt, reopenedAt) => {
      if (reopenedAt === null || reopenedAt > closedAt + REOPEN_WITHIN) return
      add(reopenedSoonPart, minuteOf(closedAt + REOPEN_WITHIN), 1, 0)
    }),
}

export const reopenRate = rate(reopenedSoonPart, reopenDuePart, {
  id: 'reopenRate',
  version: 1,
  clock: 'cohort',
  countedAt: 'closedAt + 14 days',
  judge: 'agency',
  formula:
    'reopened within 14 days ÷ closes whose 14 days ended in the window, every close counted',
})
