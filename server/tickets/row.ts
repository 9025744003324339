import { hash } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { TicketEvent } from '#shared/events.ts'
import type { Dimension } from '#shared/ticket.ts'
import type { Database } from '../db/schema.ts'

/** A stored ticket, less the batch that wrote it. */
export type TicketRow = Omit<Selectable<Database['ticket']>, 'batch' | 'firstBatch'>

/** What a policy decides about a ticket; stored in its columns, so that counting needs the row alone. */
export type Decision = Pick<TicketRow, 'respondBy' | 'dueAt' | 'satisfied' | 'policyVersion'>

export interface Resolved {
  sourceId: number
  members: Record<Dimension, number>
  decision: Decision
}

export function rowOf(event: TicketEvent, { sourceId, members, decision }: Resolved): TicketRow {
  return {
    sourceId,
    id: event.id,
    version: event.version,
    digest: digestOf(event),
    status: event.status,
    precision: event.precision,
    receivedAt: event.receivedAt,
    respondedAt: event.respondedAt,
    respondBy: decision.respondBy,
    statedDueAt: event.dueAt,
    dueAt: decision.dueAt,
    closedAt: event.closedAt,
    closeReason: event.closeReason,
    reopenings: event.reopenings,
    ...members,
    transfers: event.transfers,
    surveyAt: event.survey?.at ?? null,
    surveyResolved: event.survey?.resolved ?? null,
    surveySatisfaction: event.survey?.satisfaction ?? null,
    satisfied: decision.satisfied,
    policyVersion: decision.policyVersion,
    lat: event.location?.lat ?? null,
    lon: event.location?.lon ?? null,
    summary: event.summary,
    duplicateOf: event.duplicateOf,
    correction: null,
  }
}

/**
 * Tells whether two events of one version say the same. Over what the source said, not over what
 * was made of it. A field added to the contract later is appended only where it is stated, so that
 * what was stored before keeps its digest.
 */
function digestOf(event: TicketEvent): Buffer {
  const { survey, location } = event
  const said = [
    event.status,
    event.precision,
    event.receivedAt,
    event.respondedAt,
    event.dueAt,
    event.closedAt,
    event.closeReason,
    event.reopenings?.map((reopening) => [reopening.closedAt, reopening.closeReason, reopening.at]),
    event.agency,
    event.area,
    event.category,
    event.channel,
    event.language,
    event.transfers,
    survey && [survey.at, survey.resolved, survey.satisfaction],
    location && [location.lat, location.lon],
    event.summary,
    event.duplicateOf,
  ]
  return hash('sha256', JSON.stringify(said), 'buffer').subarray(0, 16)
}
