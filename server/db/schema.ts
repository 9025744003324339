import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { MultiPolygon } from '#shared/deployment.ts'
import type { Sheet } from '#shared/ledger/sheet.ts'
import type { Role } from '#shared/oversight/act.ts'
import type { Appointment, Standing } from '#shared/oversight/appointment.ts'
import type { Flag } from '#shared/oversight/flag.ts'
import type { Stage, Suggestion, Target } from '#shared/oversight/suggestion.ts'
import type { Template } from '#shared/oversight/template.ts'
import type { Withholding } from '#shared/oversight/withholding.ts'
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
  actKind: { kind: string; roles: Role[]; within: boolean }
  act: ActTable
  actText: { actId: number; name: string; salt: Uint8Array | null; text: string | null }
  appointment: AppointmentTable
  flag: StateTable<Flag>
  suggestion: SuggestionTable
  template: StateTable<Template>
  withholding: StateTable<Withholding>
  publishingSince: { one: Generated<boolean>; minute: number }
  attachment: AttachmentTable
  attachmentUpload: { hash: Uint8Array; personId: string; at: Generated<number> }
  evidence: EvidenceTable
  person: PersonTable
  session: SessionTable
  credential: CredentialTable
  passkey: PasskeyTable
  twoFactor: { id: string; personId: string; verified: boolean | null }
  verification: { id: string; identifier: string; value: string; expiresAt: number }
  usedCode: { personId: string; code: string; at: number }
  invitation: InvitationTable
  personalRead: { personId: string; what: string; of: string[]; at: Generated<number> }
  digest: { personId: string; isOn: Generated<boolean>; day: string | null; seq: number | null }
  accountSecret: { one: Generated<boolean>; secret: string }
  ledgerHead: { one: Generated<boolean>; size: number; link: Uint8Array | null }
  leaf: { index: number; entry: Uint8Array; hash: Uint8Array; actId: number | null }
  ledgerNode: { level: number; index: number; hash: Uint8Array }
  checkpoint: { size: number; root: Uint8Array; note: string; at: Generated<number> }
  ledgerKey: { id: Generated<number>; line: string }
  sheet: {
    day: string
    edition: number
    leaf: number
    seq: number
    at: Generated<number>
    body: Sheet
  }
  cosignature: { size: number; key: string; line: string; at: Generated<number> }
}

/** How a version left or never reached the ticket's row. */
export type Fate = 'replaced' | 'superseded' | 'stale'

/**
 * `rewrite`: tickets as in `tickets`, whose source said nothing: a policy decides otherwise about them.
 * `act`: acts were done, which change no count and no name.
 */
export type JournalKind = 'tickets' | 'rewrite' | 'members' | 'policy' | 'definitions' | 'act'

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

/** Append-only. Null person, appointment and role: the system's own act. */
interface ActTable {
  id: number
  at: number
  personId: string | null
  appointmentId: number | null
  role: Role | null
  kind: string
  /** `appointment:17`: of a noun the one whose first act was 17. */
  subject: string
  /** Of the subject's state, which this act made. */
  version: number
  agency: number | null
  area: number | null
  category: number | null
  body: ColumnType<object, object, never>
  canonical: string
  hash: Uint8Array
  seq: number
  key: string | null
}

/** A subject's state is the fold of its acts; other columns of such tables are generated from it. */
export interface StateTable<State> {
  id: number
  version: number
  state: ColumnType<State, State, State>
}

interface AppointmentTable extends StateTable<Appointment> {
  personId: GeneratedAlways<string>
  role: GeneratedAlways<Role>
  fromOn: GeneratedAlways<string>
  untilOn: GeneratedAlways<string | null>
  standing: GeneratedAlways<Standing>
}

/** Of files that people brought, as they were written anew. */
export interface AttachmentTable {
  hash: Uint8Array
  /** `picture`: what a page drew of a number. */
  kind: 'file' | 'picture'
  type: 'image/png' | 'image/jpeg' | 'image/webp' | 'application/pdf'
  body: Uint8Array
  /** Of an image. */
  width: number | null
  height: number | null
  publishedAt: Generated<number | null>
}

interface EvidenceTable {
  hash: Uint8Array
  body: ColumnType<unknown, unknown, never>
  canonical: ColumnType<string, string, never>
  picture: ColumnType<Uint8Array | null, Uint8Array | null, never>
  at: ColumnType<number, never, never>
}

interface SuggestionTable extends StateTable<Suggestion> {
  stage: GeneratedAlways<Stage>
  target: GeneratedAlways<Target>
  agency: GeneratedAlways<number | null>
  area: GeneratedAlways<number | null>
  category: GeneratedAlways<number | null>
  author: GeneratedAlways<number>
  endorsements: GeneratedAlways<number>
  dueBy: GeneratedAlways<number>
}

interface PersonTable {
  id: string
  name: string
  /** In lower case. */
  email: string
  emailVerified: Generated<boolean>
  twoFactorEnabled: Generated<boolean | null>
  /** BCP 47; null: whatever the browser asks for. */
  language: string | null
  /** Which demonstration account this is; null: a real person. */
  demo: string | null
  createdAt: Generated<number>
  updatedAt: Generated<number>
}

/** How somebody signed in. `password`: the code is still to come, and nothing may be done before it. */
export type Way = 'passkey' | 'password' | 'code' | 'sso' | 'demo'

interface SessionTable {
  id: string
  personId: string
  token: string
  way: Way
  expiresAt: number
  userAgent: string | null
  createdAt: number
  /** When it was last used, to the half minute. */
  updatedAt: number
}

interface CredentialTable {
  id: string
  /** Of a password the person; of the single sign-on its own name for them. */
  accountId: string
  providerId: string
  personId: string
  password: string | null
  createdAt: Generated<number>
  updatedAt: Generated<number>
}

interface PasskeyTable {
  id: string
  name: string | null
  personId: string
  credentialId: string
  createdAt: number | null
}

interface InvitationTable {
  id: Generated<number>
  tokenHash: Uint8Array
  personId: string | null
  isFirst: Generated<boolean>
  madeBy: string | null
  madeAt: Generated<number>
  expiresAt: number
  usedAt: number | null
}
