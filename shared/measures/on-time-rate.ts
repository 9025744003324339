import type { Ticket } from '../ticket.ts'
import { minuteOf } from '../time.ts'
import { rate } from './measure.ts'
import type { TicketPart } from './part.ts'
import { texts } from './text.ts'

/** Closed for good at or before the due date. */
export function isOnTime(ticket: Pick<Ticket, 'closedAt' | 'dueAt'>): boolean {
  return ticket.closedAt !== null && ticket.dueAt !== null && ticket.closedAt <= ticket.dueAt
}

const duePart: TicketPart = {
  code: 8,
  id: 'due',
  kind: 'flow',
  contribute(ticket, add) {
    if (ticket.dueAt !== null) add(duePart, minuteOf(ticket.dueAt), 1, 0)
  },
}

const dueMetPart: TicketPart = {
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
  text: texts({
    en: {
      name: 'On-time rate',
      sentence:
        'Of all tickets that fell due in the window, the share whose last close came by the due date. A ticket that is open and overdue counts as missed, and a late reopening turns a hit into a miss. A source that knows only dates is judged to the day.',
      counted: 'in the minute in which it falls due, whenever it is closed',
      fields: {
        value: 'share closed by the due date',
        numerator: 'closed for good by the due date',
        n: 'all that fell due in the window',
      },
    },
    zh: {
      name: '按时办结率',
      sentence:
        '办理期限在统计时段内届满的全部工单中，最后一次办结不晚于期限的占比。超期仍在办的计为未按时；按时办结后又重新办理而逾期的，改计为未按时。只记录日期的来源，按日判定。',
      counted: '按办理期限届满的时刻计入，不论何时办结',
      fields: {
        value: '按时办结的占比',
        numerator: '按期最终办结的工单',
        n: '办理期限在统计时段内届满的全部工单',
      },
    },
  }),
})
