import { minuteOf } from '../time.ts'
import { count } from './measure.ts'
import type { TicketPart } from './part.ts'
import { texts } from './text.ts'

export const closedFinalPart: TicketPart = {
  code: 7,
  id: 'closedFinal',
  kind: 'flow',
  contribute(ticket, add) {
    if (ticket.closedAt !== null) add(closedFinalPart, minuteOf(ticket.closedAt), 1, 0)
  },
}

export const closedFinal = count(closedFinalPart, {
  id: 'closedFinal',
  version: 1,
  clock: 'flow',
  countedAt: 'closedAt',
  judge: 'agency',
  text: texts({
    en: {
      name: 'Closed for good',
      sentence:
        'Tickets that are closed now, each counted once. A later reopening takes a ticket out of this number again.',
      counted: 'in the minute of the last close',
      fields: { value: 'tickets closed now whose last close lies in the window' },
    },
    zh: {
      name: '最终办结量',
      sentence: '目前处于办结状态的工单，每件只计一次。其后如又重新办理，则从本数中移除。',
      counted: '按最后一次办结的时刻计入',
      fields: { value: '目前已办结且最后一次办结在统计时段内的工单数' },
    },
  }),
})
