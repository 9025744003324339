import { minuteOf } from '../time.ts'
import { count } from './measure.ts'
import type { TicketPart } from './part.ts'
import { eachClose } from './spells.ts'
import { texts } from './text.ts'

export const closedPart: TicketPart = {
  code: 3,
  id: 'closed',
  kind: 'flow',
  contribute: (ticket, add) =>
    eachClose(ticket, (closedAt) => add(closedPart, minuteOf(closedAt), 1, 0)),
}

export const closed = count(closedPart, {
  id: 'closed',
  version: 1,
  clock: 'flow',
  countedAt: 'closedAt',
  judge: 'agency',
  text: texts({
    en: {
      name: 'Closed',
      sentence:
        'Every close of a ticket, also one that a reopening undid: a ticket that was closed twice counts twice. That it is closed is the agency’s word.',
      counted: 'in the minute of each close',
      fields: { value: 'closes in the window' },
    },
    zh: {
      name: '办结量',
      sentence:
        '工单的每一次办结，包括其后又重新办理的：办结两次即计两次。是否办结由承办单位认定。',
      counted: '按每次办结的时刻计入',
      fields: { value: '统计时段内的办结次数' },
    },
  }),
})
