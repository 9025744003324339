import { minuteOf } from '../time.ts'
import { count } from './measure.ts'
import type { TicketPart } from './part.ts'
import { texts } from './text.ts'

export const receivedPart: TicketPart = {
  code: 1,
  id: 'received',
  kind: 'flow',
  contribute: (ticket, add) => add(receivedPart, minuteOf(ticket.receivedAt), 1, 0),
}

export const received = count(receivedPart, {
  id: 'received',
  version: 1,
  clock: 'flow',
  countedAt: 'receivedAt',
  judge: 'clock',
  text: texts({
    en: {
      name: 'Received',
      sentence: 'Tickets that came in, by phone, web, app or any other source.',
      counted: 'in the minute in which it was received',
      fields: { value: 'tickets received in the window' },
    },
    zh: {
      name: '受理量',
      sentence: '经热线、网站、应用等各渠道收到的工单。',
      counted: '按收到工单的时刻计入',
      fields: { value: '统计时段内收到的工单数' },
    },
  }),
})
