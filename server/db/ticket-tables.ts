import type { Dimension, Precision, Reopening, Status } from '#shared/ticket.ts'

/** How a version left or never reached the ticket's row. */
export type Fate = 'replaced' | 'superseded' | 'stale'

export interface TicketTable extends Record<Dimension, number> {
  sourceId: number
  id: string
  version: number
  digest: Uint8Array
  batch: number
  status: Status
  precision: Precision
  receivedAt: number
  respondedAt: number | null
  respondBy: number | null
  statedDueAt: number | null
  dueAt: number | null
  closedAt: number | null
  closeReason: string | null
  reopenings: readonly Reopening[] | null
  transfers: number
  surveyAt: number | null
  surveyResolved: boolean | null
  surveySatisfaction: number | null
  satisfied: boolean | null
  policyVersion: number
  lat: number | null
  lon: number | null
  summary: string | null
  duplicateOf: string | null
  /** The act by which this version stands corrected; null: as its source told it. */
  correction: number | null
}
