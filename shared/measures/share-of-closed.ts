import type { Ticket } from '../ticket.ts'
import { MINUTE, minuteOf } from '../time.ts'
import { closedFinalPart } from './closed-final.ts'
import { type Definition, type Measure, rate } from './measure.ts'
import type { Part } from './part.ts'
import { isSurveyed } from './survey.ts'

interface Share {
  code: number
  id: string
  isCounted: (ticket: Ticket, closedAt: number) => boolean
}

/** Tickets closed for good of which something is true ÷ all that were closed for good. */
function shareOfClosed({ code, id, isCounted }: Share, definition: Definition): Measure {
  const part: Part = {
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
    formula: 'closed tickets with a valid survey answer ÷ tickets closed for good',
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
    formula: 'closed within 10 minutes of receipt ÷ tickets closed for good',
  },
)

export const transferShare = shareOfClosed(
  { code: 30, id: 'closedTransferred', isCounted: ({ transfers }) => transfers >= 2 },
  {
    ...definition,
    id: 'transferShare',
    judge: 'agency',
    formula: 'transferred twice or more ÷ tickets closed for good',
  },
)
