import type { ColumnType, Generated } from 'kysely'
import type { Policy } from '#shared/policy.ts'
import type { Dimension, Precision, Reopening, Status } from '#shared/ticket.ts'
import type { ViewSpec, ViewState } from '#shared/view.ts'

/** One entry per table. Names are camelCase here and snake_case in PostgreSQL; instants are milliseconds. */
export interface Database {
  source: SourceTable
  policy: PolicyTable
  member: MemberTable
  memberAlias: { dimension: Dimension; spelling: string; memberId: number }
  ticket: TicketTable
  ticketHistory: TicketTable & { untilBatch: number; fate: Fate; keptAt: Generated<number | null> }
  journalHead: { one: Generated<boolean>; seq: number; newestAt: number | null }
  journal: JournalTable
  definition: DefinitionTable
  auditRequest: AuditRequestTable
  auditAnswer: AuditAnswerTable
}

/** How a version left or never reached the ticket's row. */
export type Fate = 'replaced' | 'superseded' | 'stale'

export type JournalKind = 'tickets' | 'members' | 'policy' | 'definitions'

interface SourceTable {
  id: Generated<number>
  name: string
  kind: string
  keyHash: Uint8Array
  silentAfter: Generated<number>
  createdAt: Generated<number>
  disabledAt: number | null
  heardAt: number | null
  newestAt: number | null
}

interface PolicyTable {
  version: Generated<number>
  setAt: Generated<number>
  body: ColumnType<Policy, Policy, never>
}

interface MemberTable {
  id: Generated<number>
  dimension: Dimension
  code: string
  spelling: string
  names: Generated<Record<string, string>>
  mergedInto: number | null
  firstSeenAt: Generated<number>
  reviewedAt: number | null
}

interface TicketTable extends Record<Dimension, number> {
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
}

interface JournalTable {
  seq: number
  batch: number
  at: number
  kind: JournalKind
  contributions: number
  events: number
  newestAt: number | null
  delta: Uint8Array
}

interface DefinitionTable {
  measure: string
  version: number
  contributionsVersion: number
  sinceSeq: number
  sinceAt: Generated<number>
}

interface AuditRequestTable {
  id: Generated<number>
  askedAt: Generated<number>
  questions: ColumnType<unknown, readonly ViewSpec[], never>
}

interface AuditAnswerTable {
  requestId: number
  process: string
  seq: number
  minute: number
  question: number
  answer: ViewState
}
