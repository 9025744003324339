import { count } from './measure.ts'
import { addSpell } from './open.ts'
import type { TicketPart } from './part.ts'
import { eachSpell } from './spells.ts'
import { texts } from './text.ts'

export const overduePart: TicketPart = {
  code: 6,
  id: 'overdue',
  kind: 'stock',
  contribute(ticket, add) {
    const { dueAt } = ticket
    if (dueAt === null) return
    eachSpell(ticket, (start, end) => addSpell(overduePart, Math.max(start, dueAt), end, add))
  },
}

export const overdue = count(overduePart, {
  id: 'overdue',
  version: 1,
  clock: 'stock',
  countedAt: 'dueAt',
  judge: 'agency',
  text: texts({
    en: {
      name: 'Overdue',
      sentence:
        'Open tickets whose due date has passed, as they stand at one instant. A ticket without a due date is never overdue.',
      counted: 'at an instant: the end of the window, or of each row over time',
      fields: { value: 'open tickets past their due date at the instant' },
    },
    zh: {
      name: '超期未结量',
      sentence:
        '某一时刻已过办理期限仍未办结的工单，是时点数而非累计数。没有办理期限的工单不会超期。',
      counted: '按时点统计：统计时段的终点，或随时间每一行的终点',
      fields: { value: '该时刻已超期的在办工单数' },
    },
  }),
})
