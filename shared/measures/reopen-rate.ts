import type { Ticket } from '../ticket.ts'
import { DAY, minuteOf } from '../time.ts'
import { rate } from './measure.ts'
import type { TicketPart } from './part.ts'
import { texts } from './text.ts'

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

const reopenDuePart: TicketPart = {
  code: 31,
  id: 'reopenDue',
  kind: 'flow',
  contribute: (ticket, add) =>
    eachOutcome(ticket, (closedAt) => add(reopenDuePart, minuteOf(closedAt + REOPEN_WITHIN), 1, 0)),
}

const reopenedSoonPart: TicketPart = {
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
  text: texts({
    en: {
      name: 'Reopening rate',
      sentence:
        'Of all closes whose 14 days ended in the window, the share that was reopened within these 14 days. Every close counts. Closes of the last 14 days are not in it yet.',
      counted: '14 days after each close',
      fields: {
        value: 'share reopened within 14 days',
        numerator: 'reopened within 14 days of the close',
        n: 'closes whose 14 days ended in the window',
      },
    },
    zh: {
      name: '重新办理率',
      sentence:
        '办结后 14 天在统计时段内届满的全部办结中，14 天内又重新办理的占比。每次办结都计入。最近 14 天的办结尚未计入。',
      counted: '按每次办结满 14 天的时刻计入',
      fields: {
        value: '14 天内重新办理的占比',
        numerator: '办结后 14 天内重新办理的次数',
        n: '14 天在统计时段内届满的办结次数',
      },
    },
  }),
})
