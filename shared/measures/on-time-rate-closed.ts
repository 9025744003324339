import { minuteOf } from '../time.ts'
import { rate } from './measure.ts'
import { isOnTime } from './on-time-rate.ts'
import type { TicketPart } from './part.ts'
import { texts } from './text.ts'

const closedWithDuePart: TicketPart = {
  code: 10,
  id: 'closedWithDue',
  kind: 'flow',
  contribute({ closedAt, dueAt }, add) {
    if (closedAt !== null && dueAt !== null) add(closedWithDuePart, minuteOf(closedAt), 1, 0)
  },
}

const closedOnTimePart: TicketPart = {
  code: 11,
  id: 'closedOnTime',
  kind: 'flow',
  contribute(ticket, add) {
    if (isOnTime(ticket)) add(closedOnTimePart, minuteOf(ticket.closedAt!), 1, 0)
  },
}

export const onTimeRateClosed = rate(closedOnTimePart, closedWithDuePart, {
  id: 'onTimeRateClosed',
  version: 1,
  clock: 'flow',
  countedAt: 'closedAt',
  judge: 'agency',
  text: texts({
    en: {
      name: 'On time, of closed',
      sentence:
        'Of the tickets with a due date that were closed for good in the window, the share closed by that date. What is open and overdue is not in this number: read it beside the on-time rate. A source that knows only dates is judged to the day.',
      counted: 'in the minute of the last close',
      fields: {
        value: 'share of the closed that was on time',
        numerator: 'closed by the due date',
        n: 'closed for good in the window, with a due date',
      },
    },
    zh: {
      name: '已办结按时率',
      sentence:
        '统计时段内最终办结且有办理期限的工单中，按期办结的占比。超期仍在办的不在其中，应与按时办结率对照阅读。只记录日期的来源，按日判定。',
      counted: '按最后一次办结的时刻计入',
      fields: {
        value: '已办结工单中按时的占比',
        numerator: '按期办结的工单',
        n: '统计时段内最终办结且有办理期限的工单',
      },
    },
  }),
})
