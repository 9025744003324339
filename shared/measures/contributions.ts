import { isExcluded, type Ticket } from '../ticket.ts'
import { parts } from './all.ts'
import { excludedPart } from './excluded.ts'
import type { Add, Part, TicketPart } from './part.ts'

/**
 * Names the meaning of the deltas in the journal. Raise it whenever the contributions of any stored
 * ticket would change: processes that know another version reload, and the series shows a break.
 */
export const contributionsVersion = 4

const isOfTickets = (part: Part): part is TicketPart => 'contribute' in part
const counted = parts.filter(isOfTickets).filter((part) => part !== excludedPart)

/** Everything one stored ticket contributes: a pure function of its row. */
export function contribute(ticket: Ticket, add: Add): void {
  if (isExcluded(ticket)) return excludedPart.contribute(ticket, add)
  for (const part of counted) part.contribute(ticket, add)
}
