import type { Ticket } from '../ticket.ts'
import { minuteOf } from '../time.ts'
import { closedPart } from './closed.ts'
import { rate } from './measure.ts'
import type { TicketPart } from './part.ts'
import { eachClose } from './spells.ts'
import { texts } from './text.ts'

/** The close reason by which an agency says that the matter is resolved. */
const RESOLVED = 'resolved'

export const isAsserted = (closeReason: Ticket['closeReason']): boolean => closeReason === RESOLVED

const closedResolvedPart: TicketPart = {
  code: 22,
  id: 'closedResolved',
  kind: 'flow',
  contribute: (ticket, add) =>
    eachClose(ticket, (at, reason) => {
      if (isAsserted(reason)) add(closedResolvedPart, minuteOf(at), 1, 0)
    }),
}

export const resolutionAsserted = rate(closedResolvedPart, closedPart, {
  id: 'resolutionAsserted',
  version: 1,
  clock: 'flow',
  countedAt: 'closedAt',
  judge: 'agency',
  text: texts({
    en: {
      name: 'Resolved, agencies say',
      sentence:
        'Of all closes in the window, the share that the agency closed as resolved. Every close counts, also one that was reopened later. Here the agency judges its own work: what citizens say is another number, to be read beside it.',
      counted: 'in the minute of each close',
      fields: {
        value: 'share closed as resolved',
        numerator: 'closed with the reason resolved',
        n: 'closes in the window',
      },
    },
    zh: {
      name: '诉求解决率（部门认定）',
      sentence:
        '统计时段内的全部办结中，承办单位以“已解决”办结的占比。每次办结都计入，包括其后又重新办理的。此数由承办单位自行认定，应与市民确认的解决率并列阅读。',
      counted: '按每次办结的时刻计入',
      fields: {
        value: '以“已解决”办结的占比',
        numerator: '以“已解决”办结的次数',
        n: '统计时段内的办结次数',
      },
    },
  }),
})
