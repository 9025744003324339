import { minuteOf } from '../time.ts'
import { count } from './measure.ts'
import type { Add, Part, TicketPart } from './part.ts'
import { eachSpell } from './spells.ts'
import { texts } from './text.ts'

/** Adds a stock's spell [start, end); one that is empty in whole minutes leaves no trace. */
export function addSpell(part: Part, start: number, end: number, add: Add): void {
  if (end < start) return
  const from = minuteOf(start)
  const to = end === Infinity ? Infinity : minuteOf(end)
  if (from === to) return
  add(part, from, 1, 0)
  if (to !== Infinity) add(part, to, -1, 0)
}

export const openPart: TicketPart = {
  code: 5,
  id: 'open',
  kind: 'stock',
  contribute: (ticket, add) =>
    eachSpell(ticket, (start, end) => addSpell(openPart, start, end, add)),
}

export const open = count(openPart, {
  id: 'open',
  version: 1,
  clock: 'stock',
  countedAt: 'receivedAt, closedAt, reopenings',
  judge: 'agency',
  text: texts({
    en: {
      name: 'Open',
      sentence:
        'Tickets that were received or reopened and not closed since, as they stand at one instant. Where a close is dated before the ticket was received or reopened, that time open is refused.',
      counted: 'at an instant: the end of the window, or of each row over time',
      fields: { value: 'tickets open at the instant' },
    },
    zh: {
      name: '在办量',
      sentence:
        '某一时刻已收到或重新办理、尚未办结的工单，是时点数而非累计数。办结时间早于收到或重新办理时间的，该段在办时间不予采信。',
      counted: '按时点统计：统计时段的终点，或随时间每一行的终点',
      fields: { value: '该时刻在办的工单数' },
    },
  }),
})
