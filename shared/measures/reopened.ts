import { minuteOf } from '../time.ts'
import { count } from './measure.ts'
import type { TicketPart } from './part.ts'
import { texts } from './text.ts'

const reopenedPart: TicketPart = {
  code: 4,
  id: 'reopened',
  kind: 'flow',
  contribute(ticket, add) {
    for (const { at } of ticket.reopenings ?? []) add(reopenedPart, minuteOf(at), 1, 0)
  },
}

export const reopened = count(reopenedPart, {
  id: 'reopened',
  version: 1,
  clock: 'flow',
  countedAt: 'reopenings.at',
  judge: 'agency',
  text: texts({
    en: {
      name: 'Reopened',
      sentence: 'Closed tickets that were opened again. Each reopening counts.',
      counted: 'in the minute of each reopening',
      fields: { value: 'reopenings in the window' },
    },
    zh: {
      name: '重新办理量',
      sentence: '已办结后又重新办理的工单，每重新办理一次计一次。',
      counted: '按每次重新办理的时刻计入',
      fields: { value: '统计时段内的重新办理次数' },
    },
  }),
})
