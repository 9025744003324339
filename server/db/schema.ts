import type { ColumnType, Generated } from 'kysely'
import type { MultiPolygon } from '#shared/deployment.ts'
import type { Policy } from '#shared/policy.ts'
import type { Dimension, Precision, Reopening, Status } from '#shared/ticket.ts'
import type { Told } from '#shared/told.ts'
import type { ViewSpec, ViewState } from '#shared/view.ts'

/** One entry per table. Names are camelCase here and snake_case in PostgreSQL; instants are milliseconds. */
export interface Database {
  source: SourceTable
  policy: PolicyTable
  adminKey: AdminKeyTable
  member: MemberTable
  memberAlias: { dimension: Dimension; spelling: string; memberId: number }
  boundary: { memberId: number; body: MultiPolygon }
  ticket: TicketTable & { firstBatch: number | null }
  ticketMark: { one: Generated<boolean>; secret: Uint8Array }
  ticketHistory: TicketTable & { untilBatch: number; fate: Fate; keptAt: Generated<number | null> }
  journalHead: JournalHeadTable
  journal: JournalTable
  definition: DefinitionTable
  auditRequest: AuditRequestTable
  auditAnswer: AuditAnswerTable
  publication: PublicationTable
  publishingSince: { one: Generated<boolean>; minute: number }
}

/** How a version left or never reached the ticket's row. */
export type Fate = 'replaced' | 'superseded' | 'stale'

/** `rewrite`: tickets as in `tickets`, whose source said nothing: a policy decides otherwise about them. */
export type JournalKind = 'tickets' | 'rewrite' | 'members' | 'policy' | 'definitions'

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
  setBy: string
  /** Tickets received from then on are decided by it; null: from the beginning. */
  holdsFrom: number | null
  /** When all stored tickets agreed with it; null: not yet. */
  rewrittenAt: number | null
  body: ColumnType<Policy, Policy, never>
}

interface AdminKeyTable {
  id: Generated<number>
  name: string
  keyHash: Uint8Array
  createdAt: Generated<number>
  disabledAt: number | null
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

interface JournalHeadTable {
  one: Generated<boolean>
  seq: number
  newestAt: number | null
  /** The newest policy version. */
  policyVersion: number
}

interface JournalTable {
  seq: number
  batch: number
  at: number
  kind: JournalKind
  contributions: number
  events: number
  newestAt: number | null
  /** The newest when the row was written; null before that was noted. */
  policyVersion: number | null
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

interface PublicationTable {
  id: Generated<number>
  kind: 'counts' | 'surveys'
  dimension: Dimension | null
  days: 1 | 7 | 30 | 90
  /** A local date, `2026-11-01`; the window ends where `endsOn` begins. */
  startsOn: string
  endsOn: string
  /** The window in UTC minutes. */
  startMinute: number
  endMinute: number
  seq: number
  minute: number
  at: Generated<number>
  contributions: number
  told: ColumnType<Told, Told, never>
}
