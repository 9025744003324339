import { DAY, minuteOf } from '../time.ts'
import { median, oldest } from './ages.ts'
import type { Measure } from './measure.ts'
import { addSpell, openPart } from './open.ts'
import type { TicketPart } from './part.ts'
import { eachSpell } from './spells.ts'
import { texts } from './text.ts'

/** Open, and received more than so many days ago: age goes on through a reopening. */
function openLongerThan(days: number, code: number): TicketPart {
  const part: TicketPart = {
    code,
    id: `openOver${days}`,
    kind: 'stock',
    contribute: (ticket, add) =>
      eachSpell(ticket, (start, end) =>
        addSpell(part, Math.max(start, ticket.receivedAt + days * DAY), end, add),
      ),
  }
  return part
}

const over7 = openLongerThan(7, 16)
const over30 = openLongerThan(30, 17)
const over90 = openLongerThan(90, 18)

/** Open by its record as it stands, by the minute in which it was received. */
const openNow: TicketPart = {
  code: 33,
  id: 'openNow',
  kind: 'now',
  contribute(ticket, add) {
    if (ticket.status === 'open') add(openNow, minuteOf(ticket.receivedAt), 1, 0)
  },
}

export const backlogAge: Measure = {
  id: 'backlogAge',
  version: 2,
  clock: 'stock',
  countedAt: 'receivedAt + 7, 30, 90 days',
  judge: 'agency',
  text: texts({
    en: {
      name: 'Age of the backlog',
      sentence:
        'Open tickets by how long ago they were received, as they stand at one instant; a reopening continues the age. Median and oldest age are exact to the minute, of the tickets whose record says open now; of a past moment they are not known, and none is shown.',
      counted: 'at an instant: the end of the window, or of each row over time',
      fields: {
        days0to7: 'open tickets received up to 7 days before',
        days8to30: 'more than 7 and up to 30 days before',
        days31to90: 'more than 30 and up to 90 days before',
        daysOver90: 'more than 90 days before',
        medianAge: 'median age of the tickets open now',
        oldestAge: 'age of the oldest ticket open now',
      },
    },
    zh: {
      name: '在办时长',
      sentence:
        '某一时刻在办的工单按收到至今的时长分段，是时点数而非累计数；重新办理的，时长连续计算。时长的中位数和最大值精确到分钟，取自目前记录为在办的工单；过去时刻的无从得知，不予显示。',
      counted: '按时点统计：统计时段的终点，或随时间每一行的终点',
      fields: {
        days0to7: '收到至该时刻不超过 7 天的在办工单',
        days8to30: '超过 7 天、不超过 30 天',
        days31to90: '超过 30 天、不超过 90 天',
        daysOver90: '超过 90 天',
        medianAge: '目前在办工单时长的中位数',
        oldestAge: '目前在办最久工单的时长',
      },
    },
  }),
  formula: 'days0to7 + days8to30 + days31to90 + daysOver90 · medianAge · oldestAge',
  parts: [openPart, over7, over30, over90, openNow],
  fields: [
    { name: 'days0to7', unit: 'tickets' },
    { name: 'days8to30', unit: 'tickets' },
    { name: 'days31to90', unit: 'tickets' },
    { name: 'daysOver90', unit: 'tickets' },
    { name: 'medianAge', unit: 'seconds' },
    { name: 'oldestAge', unit: 'seconds' },
  ],
  compute(sums) {
    const [all, seven, thirty, ninety] = [openPart, over7, over30, over90].map((part) =>
      sums.sum(part),
    ) as [number, number, number, number]
    const ages = sums.ages(openNow)
    const bands = [all - seven, seven - thirty, thirty - ninety, ninety]
    return [...bands, median(ages), oldest(ages)]
  },
}
