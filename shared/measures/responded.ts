import { minuteOf } from '../time.ts'
import { count } from './measure.ts'
import type { TicketPart } from './part.ts'
import { texts } from './text.ts'

const respondedPart: TicketPart = {
  code: 2,
  id: 'responded',
  kind: 'flow',
  contribute(ticket, add) {
    if (ticket.respondedAt !== null) add(respondedPart, minuteOf(ticket.respondedAt), 1, 0)
  },
}

export const responded = count(respondedPart, {
  id: 'responded',
  version: 1,
  clock: 'flow',
  countedAt: 'respondedAt',
  judge: 'agency',
  text: texts({
    en: {
      name: 'Responded',
      sentence:
        'Tickets that a person of the responsible unit has answered for the first time. An automatic acknowledgement is no answer.',
      counted: 'in the minute of the first answer',
      fields: { value: 'tickets first answered in the window' },
    },
    zh: {
      name: '首次响应量',
      sentence: '承办单位工作人员首次联系市民的工单。系统自动回执不算响应。',
      counted: '按首次响应的时刻计入',
      fields: { value: '统计时段内首次响应的工单数' },
    },
  }),
})
