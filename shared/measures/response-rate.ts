import { minuteOf } from '../time.ts'
import { rate } from './measure.ts'
import type { TicketPart } from './part.ts'
import { texts } from './text.ts'

const respondDuePart: TicketPart = {
  code: 19,
  id: 'respondDue',
  kind: 'flow',
  contribute({ respondBy }, add) {
    if (respondBy !== null) add(respondDuePart, minuteOf(respondBy), 1, 0)
  },
}

const respondMetPart: TicketPart = {
  code: 20,
  id: 'respondMet',
  kind: 'flow',
  contribute({ respondBy, respondedAt }, add) {
    if (respondBy === null || respondedAt === null || respondedAt > respondBy) return
    add(respondMetPart, minuteOf(respondBy), 1, 0)
  },
}

export const responseRate = rate(respondMetPart, respondDuePart, {
  id: 'responseRate',
  version: 1,
  clock: 'cohort',
  countedAt: 'respondBy',
  judge: 'agency',
  text: texts({
    en: {
      name: 'Response rate',
      sentence:
        'Of all tickets whose time to answer ended in the window, the share that a person of the responsible unit answered in time. The policy in force says for each category how long that time is. A ticket that was not answered counts as missed. A source that knows only dates is judged to the day.',
      counted: 'in the minute in which its time to answer ends, whenever it was answered',
      fields: {
        value: 'share answered in time',
        numerator: 'answered by a person in time',
        n: 'all whose time to answer ended in the window',
      },
    },
    zh: {
      name: '按时响应率',
      sentence:
        '响应期限在统计时段内届满的全部工单中，承办单位工作人员按时响应的占比。响应期限由现行政策按类别规定。未响应的计为未按时。只记录日期的来源，按日判定。',
      counted: '按响应期限届满的时刻计入，不论何时响应',
      fields: {
        value: '按时响应的占比',
        numerator: '按时响应的工单',
        n: '响应期限在统计时段内届满的全部工单',
      },
    },
  }),
})
