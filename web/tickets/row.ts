import type { Precision, Status, Dimension } from '#shared/ticket.ts'
import { type PublicTicket, ticketPath } from '#shared/tickets.ts'

/**
 * A ticket as the list keeps it, for as long as it is open: hundreds of thousands of them. Instants are
 * milliseconds.
 */
export interface Row {
  /** Its address below `/`, which names it. */
  key: string
  id: string
  status: Status
  precision: Precision
  receivedAt: number
  dueAt: number | null
  closedAt: number | null
  reopenings: number
  /** It stands as an official corrected it. */
  isCorrected: boolean
  agency: string | undefined
  area: string | undefined
  category: string | undefined
  /** In which of the page's turns it was read: what changed while nobody listened is read again. */
  turn: number
}

const known = new Map<string, string>()

export function rowOf(ticket: PublicTicket, turn: number): Row {
  const { id, status, precision, reopenings } = ticket
  return {
    key: ticketPath(ticket),
    id,
    status,
    precision,
    receivedAt: Date.parse(ticket.receivedAt),
    dueAt: instant(ticket.dueAt),
    closedAt: instant(ticket.closedAt),
    reopenings,
    isCorrected: ticket.correction !== undefined,
    agency: codeOf(ticket, 'agency'),
    area: codeOf(ticket, 'area'),
    category: codeOf(ticket, 'category'),
    turn,
  }
}

const instant = (text: string | null): number | null => (text === null ? null : Date.parse(text))

/** One text for each code, however many tickets name it. */
function codeOf(ticket: PublicTicket, dimension: Dimension): string | undefined {
  const code = ticket[dimension]
  if (code === undefined) return undefined
  if (!known.has(code)) known.set(code, code)
  return known.get(code)
}
