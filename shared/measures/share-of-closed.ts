import type { Ticket } from '../ticket.ts'
import { MINUTE, minuteOf } from '../time.ts'
import { closedFinalPart } from './closed-final.ts'
import { type Definition, type Measure, rate } from './measure.ts'
import type { TicketPart } from './part.ts'
import { isSurveyed } from './survey.ts'
import { texts } from './text.ts'

interface Share {
  code: number
  id: string
  isCounted: (ticket: Ticket, closedAt: number) => boolean
}

/** Tickets closed for good of which something is true ÷ all that were closed for good. */
function shareOfClosed({ code, id, isCounted }: Share, definition: Definition): Measure {
  const part: TicketPart = {
    code,
    id,
    kind: 'flow',
    contribute(ticket, add) {
      const { closedAt } = ticket
      if (closedAt !== null && isCounted(ticket, closedAt)) add(part, minuteOf(closedAt), 1, 0)
    },
  }
  return rate(part, closedFinalPart, definition)
}

const definition = { version: 1, clock: 'flow', countedAt: 'closedAt' } as const

export const surveyCoverage = shareOfClosed(
  { code: 28, id: 'closedSurveyed', isCounted: isSurveyed },
  {
    ...definition,
    id: 'surveyCoverage',
    judge: 'citizen',
    isSurvey: true,
    text: texts({
      en: {
        name: 'Survey coverage',
        sentence:
          'Of the tickets closed for good in the window, the share from which a citizen gave at least one valid answer. The smaller it is, the less the answers say of all.',
        counted: 'in the minute of the last close',
        fields: {
          value: 'share with a valid answer',
          numerator: 'closed tickets with a valid survey answer',
          n: 'tickets closed for good in the window',
        },
      },
      zh: {
        name: '回访覆盖率',
        sentence:
          '统计时段内最终办结的工单中，市民至少给出一项有效答复的占比。覆盖率越低，答复越不能代表全体。',
        counted: '按最后一次办结的时刻计入',
        fields: {
          value: '有有效答复的占比',
          numerator: '有有效回访答复的已办结工单',
          n: '统计时段内最终办结的工单',
        },
      },
    }),
  },
)

const INSTANT = 10 * MINUTE

/** A source that knows only dates yields none. */
export const instantCloseShare = shareOfClosed(
  {
    code: 29,
    id: 'closedInstantly',
    isCounted: ({ receivedAt, precision }, closedAt) =>
      precision === 'instant' && closedAt >= receivedAt && closedAt - receivedAt <= INSTANT,
  },
  {
    ...definition,
    id: 'instantCloseShare',
    judge: 'agency',
    text: texts({
      en: {
        name: 'Closed within 10 minutes',
        sentence:
          'Of the tickets closed for good in the window, the share closed within 10 minutes of receipt. It may be quick work, or closing without working. A source that knows only dates yields none.',
        counted: 'in the minute of the last close',
        fields: {
          value: 'share closed within 10 minutes',
          numerator: 'closed within 10 minutes of receipt',
          n: 'tickets closed for good in the window',
        },
      },
      zh: {
        name: '10 分钟内办结占比',
        sentence:
          '统计时段内最终办结的工单中，收到后 10 分钟内即办结的占比。可能是办理迅速，也可能是未办先结。只记录日期的来源不产生此类办结。',
        counted: '按最后一次办结的时刻计入',
        fields: {
          value: '10 分钟内办结的占比',
          numerator: '收到后 10 分钟内办结的工单',
          n: '统计时段内最终办结的工单',
        },
      },
    }),
  },
)

export const transferShare = shareOfClosed(
  { code: 30, id: 'closedTransferred', isCounted: ({ transfers }) => transfers >= 2 },
  {
    ...definition,
    id: 'transferShare',
    judge: 'agency',
    text: texts({
      en: {
        name: 'Transferred twice or more',
        sentence:
          'Of the tickets closed for good in the window, the share that was passed on at least twice before.',
        counted: 'in the minute of the last close',
        fields: {
          value: 'share transferred twice or more',
          numerator: 'transferred twice or more',
          n: 'tickets closed for good in the window',
        },
      },
      zh: {
        name: '多次转派占比',
        sentence: '统计时段内最终办结的工单中，此前被转派两次及以上的占比。',
        counted: '按最后一次办结的时刻计入',
        fields: {
          value: '转派两次及以上的占比',
          numerator: '转派两次及以上的工单',
          n: '统计时段内最终办结的工单',
        },
      },
    }),
  },
)
