import type { PublicTicket } from './tickets.ts'

/*
 * What stands on the desk of who is signed in, beside what everybody may ask. Times are ISO 8601.
 */

/** Open tickets of one's agencies: due within two hours, due today, overdue; and those that nobody answered yet. */
export const ticketLists = ['breach', 'today', 'overdue', 'new'] as const
export type TicketListName = (typeof ticketLists)[number]

/** The first of a list, by the clock that it is about; of a ticket only what is public. */
export interface WorkList {
  total: number
  rows: readonly PublicTicket[]
}

export interface WorkTickets {
  asOf: string
  /** By code; null: every one. */
  agencies: readonly string[] | null
  open: number
  /** Since when the ticket is overdue that is so longest. */
  oldestDueAt: string | null
  lists: Readonly<Record<TicketListName, WorkList>>
}
