export const statuses = ['open', 'closed', 'withdrawn', 'duplicate', 'out-of-jurisdiction'] as const
export type Status = (typeof statuses)[number]

export const precisions = ['instant', 'day'] as const
export type Precision = (typeof precisions)[number]

export const dimensions = ['agency', 'area', 'category', 'channel', 'language'] as const
export type Dimension = (typeof dimensions)[number]

/** An earlier spell that ended: closed at `closedAt`, reopened at `at`. */
export interface Reopening {
  closedAt: number
  closeReason: string | null
  at: number
}

/**
 * Everything a ticket's contributions depend on: its stored row, with what policy decided about it.
 * Instants are milliseconds; a dimension is the id of its member as first seen, 0 when not stated.
 */
export interface Ticket extends Record<Dimension, number> {
  status: Status
  precision: Precision
  receivedAt: number
  respondedAt: number | null
  respondBy: number | null
  dueAt: number | null
  closedAt: number | null
  closeReason: string | null
  reopenings: readonly Reopening[] | null
  transfers: number
  surveyAt: number | null
  surveyResolved: boolean | null
  surveySatisfaction: number | null
  satisfied: boolean | null
}

/** Duplicates, withdrawn and out-of-jurisdiction tickets count in no measure but `excluded`. */
export function isExcluded(ticket: Pick<Ticket, 'status'>): boolean {
  return ticket.status !== 'open' && ticket.status !== 'closed'
}
