import { DAY } from '../time.ts'
import { count } from './measure.ts'
import { addSpell } from './open.ts'
import type { TicketPart } from './part.ts'
import { eachSpell } from './spells.ts'
import { texts } from './text.ts'

const dueSoonPart: TicketPart = {
  code: 15,
  id: 'dueSoon',
  kind: 'stock',
  contribute(ticket, add) {
    const { dueAt } = ticket
    if (dueAt === null) return
    eachSpell(ticket, (start, end) =>
      addSpell(dueSoonPart, Math.max(start, dueAt - DAY), Math.min(end, dueAt), add),
    )
  },
}

export const dueSoon = count(dueSoonPart, {
  id: 'dueSoon',
  version: 1,
  clock: 'stock',
  countedAt: 'dueAt',
  judge: 'agency',
  text: texts({
    en: {
      name: 'Due within 24 hours',
      sentence:
        'Open tickets that fall due within the next 24 hours, as they stand at one instant. What is overdue already is not in it.',
      counted: 'at an instant: the end of the window, or of each row over time',
      fields: { value: 'open tickets that fall due within 24 hours of the instant' },
    },
    zh: {
      name: '24 小时内到期量',
      sentence:
        '某一时刻尚未办结、将在 24 小时内到期的工单，是时点数而非累计数。已经超期的不在其中。',
      counted: '按时点统计：统计时段的终点，或随时间每一行的终点',
      fields: { value: '该时刻起 24 小时内到期的在办工单数' },
    },
  }),
})
