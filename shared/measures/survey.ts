import type { Ticket } from '../ticket.ts'
import { minuteOf } from '../time.ts'
import type { TicketPart } from './part.ts'
import { isAsserted } from './resolution-asserted.ts'
import { eachClose } from './spells.ts'

/*
 * What citizens said when asked. The unit is a survey with a valid answer, dated when it was taken.
 */

function surveyPart(code: number, id: string, isCounted: (ticket: Ticket) => boolean): TicketPart {
  const part: TicketPart = {
    code,
    id,
    kind: 'flow',
    contribute(ticket, add) {
      const { surveyAt } = ticket
      if (surveyAt !== null && isCounted(ticket)) add(part, minuteOf(surveyAt), 1, 0)
    },
  }
  return part
}

/** Answered whether it is resolved. */
export const askedPart = surveyPart(23, 'asked', (ticket) => ticket.surveyResolved !== null)

export const confirmedPart = surveyPart(24, 'confirmed', (ticket) => ticket.surveyResolved === true)

/** Of those who answered: the agency had closed it as resolved when they were asked. */
export const assertedOfAskedPart = surveyPart(
  25,
  'assertedOfAsked',
  (ticket) => ticket.surveyResolved !== null && isAsserted(reasonWhenAsked(ticket)),
)

/** The reason of the last close up to the survey: a citizen who says no is often why it is open again. */
function reasonWhenAsked(ticket: Ticket): string | null {
  let found: string | null = null
  eachClose(ticket, (at, reason) => {
    if (at <= ticket.surveyAt!) found = reason
  })
  return found
}

export const ratedPart = surveyPart(26, 'rated', (ticket) => ticket.satisfied !== null)

export const satisfiedPart = surveyPart(27, 'satisfied', (ticket) => ticket.satisfied === true)

/** A survey with any valid answer. */
export const isSurveyed = (ticket: Ticket): boolean =>
  ticket.surveyAt !== null && (ticket.surveyResolved !== null || ticket.satisfied !== null)
