import { DAY } from '../time.ts'
import type { Measure } from './measure.ts'
import { addSpell } from './open.ts'
import { overduePart } from './overdue.ts'
import type { TicketPart } from './part.ts'
import { eachSpell } from './spells.ts'
import { texts } from './text.ts'

/** Overdue, and received more than so many days ago: nothing of a ticket that is not both. */
function overdueLongerThan(days: number, code: number): TicketPart {
  const part: TicketPart = {
    code,
    id: `overdueOver${days}`,
    kind: 'stock',
    contribute(ticket, add) {
      const { dueAt } = ticket
      if (dueAt === null) return
      const from = Math.max(dueAt, ticket.receivedAt + days * DAY)
      eachSpell(ticket, (start, end) => addSpell(part, Math.max(start, from), end, add))
    },
  }
  return part
}

const over7 = overdueLongerThan(7, 34)
const over30 = overdueLongerThan(30, 35)
const over90 = overdueLongerThan(90, 36)

/** The bands of `backlogAge`, so that each is told how many of it are late. */
export const overdueByAge: Measure = {
  id: 'overdueByAge',
  version: 1,
  clock: 'stock',
  countedAt: 'dueAt, receivedAt + 7, 30, 90 days',
  judge: 'agency',
  text: texts({
    en: {
      name: 'Overdue, by age',
      sentence:
        'Open tickets whose due date has passed, by how long ago they were received and not by how late they are, as they stand at one instant; a reopening continues the age.',
      counted: 'at an instant: the end of the window, or of each row over time',
      fields: {
        days0to7: 'overdue tickets received up to 7 days before',
        days8to30: 'more than 7 and up to 30 days before',
        days31to90: 'more than 30 and up to 90 days before',
        daysOver90: 'more than 90 days before',
      },
    },
    zh: {
      name: '超期未结量（按在办时长）',
      sentence:
        '某一时刻已过办理期限仍未办结的工单，按收到至今的时长而非超期的长短分段，是时点数而非累计数；重新办理的，时长连续计算。',
      counted: '按时点统计：统计时段的终点，或随时间每一行的终点',
      fields: {
        days0to7: '收到至该时刻不超过 7 天的超期工单',
        days8to30: '超过 7 天、不超过 30 天',
        days31to90: '超过 30 天、不超过 90 天',
        daysOver90: '超过 90 天',
      },
    },
  }),
  formula: 'days0to7 + days8to30 + days31to90 + daysOver90',
  parts: [overduePart, over7, over30, over90],
  fields: [
    { name: 'days0to7', unit: 'tickets' },
    { name: 'days8to30', unit: 'tickets' },
    { name: 'days31to90', unit: 'tickets' },
    { name: 'daysOver90', unit: 'tickets' },
  ],
  compute(sums) {
    const [all, seven, thirty, ninety] = [overduePart, over7, over30, over90].map((part) =>
      sums.sum(part),
    ) as [number, number, number, number]
    return [all - seven, seven - thirty, thirty - ninety, ninety]
  },
}
