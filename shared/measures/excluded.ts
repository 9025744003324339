import { minuteOf } from '../time.ts'
import { count } from './measure.ts'
import type { TicketPart } from './part.ts'
import { texts } from './text.ts'

/** The only part an excluded ticket contributes to. */
export const excludedPart: TicketPart = {
  code: 13,
  id: 'excluded',
  kind: 'flow',
  contribute: (ticket, add) => add(excludedPart, minuteOf(ticket.receivedAt), 1, 0),
}

export const excluded = count(excludedPart, {
  id: 'excluded',
  version: 1,
  clock: 'flow',
  countedAt: 'receivedAt',
  judge: 'agency',
  text: texts({
    en: {
      name: 'Excluded',
      sentence:
        'Tickets that every other measure leaves out: duplicates, withdrawn ones, and those outside the jurisdiction.',
      counted: 'in the minute in which it was received',
      leftOut: 'Nothing: this counts what the others leave out.',
      fields: { value: 'duplicates, withdrawn and out of jurisdiction, received in the window' },
    },
    zh: {
      name: '不计入量',
      sentence: '其他指标均不计入的工单：重复的、已撤回的和不属管辖的。',
      counted: '按收到工单的时刻计入',
      leftOut: '无：本数统计的正是其他指标不计入的工单。',
      fields: { value: '统计时段内收到的重复、已撤回和不属管辖的工单数' },
    },
  }),
})
