import { minuteOf } from '../time.ts'
import { rate } from './measure.ts'
import { isOnTime } from './on-time-rate.ts'
import type { Part } from './part.ts'

const closedWithDuePart: Part = {
  code: 10,
  id: 'closedWithDue',
  kind: 'flow',
  contribute({ closedAt, dueAt }, add) {
    if (closedAt !== null && dueAt !== null) add(closedWithDuePart, minuteOf(closedAt), 1, 0)
  },
}

const closedOnTimePart: Part = {
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
  formula: 'closed by the due date ÷ closed for good in the window with a due date',
})
