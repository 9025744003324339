import { minuteOf } from '../time.ts'
import { count } from './measure.ts'
import type { TicketPart } from './part.ts'
import { eachSpell } from './spells.ts'
import { texts } from './text.ts'

const refusedPart: TicketPart = {
  code: 14,
  id: 'refused',
  kind: 'flow',
  contribute: (ticket, add) =>
    eachSpell(ticket, (start, end) => {
      if (end < start) add(refusedPart, minuteOf(end), 1, 0)
    }),
}

export const refused = count(refusedPart, {
  id: 'refused',
  version: 1,
  clock: 'flow',
  countedAt: 'closedAt',
  judge: 'clock',
  text: texts({
    en: {
      name: 'Refused durations',
      sentence:
        'Closes dated before the ticket was received or reopened. The ticket is kept and counted; only its time open and its time to close are refused.',
      counted: 'in the minute of the close',
      fields: { value: 'closes in the window dated before receipt or reopening' },
    },
    zh: {
      name: '无效时长量',
      sentence:
        '办结时间早于收到或重新办理时间的办结。工单照常保留和计数，只有相应的在办时间和办结时长不予采信。',
      counted: '按办结的时刻计入',
      fields: { value: '统计时段内早于收到或重新办理的办结次数' },
    },
  }),
})
