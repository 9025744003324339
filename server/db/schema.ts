import type { ColumnType, Generated } from 'kysely'
import type { CommentGroup, Participation } from '#shared/consultations/comment.ts'
import type { MultiPolygon } from '#shared/deployment.ts'
import type { Sheet } from '#shared/ledger/sheet.ts'
import type { Role } from '#shared/oversight/act.ts'
import type { Confirmation } from '#shared/oversight/confirmation.ts'
import type { Correction } from '#shared/oversight/correction.ts'
import type { Flag } from '#shared/oversight/flag.ts'
import type { Moderation } from '#shared/oversight/moderation.ts'
import type { Ruling } from '#shared/oversight/ruling.ts'
import type { Reply } from '#shared/oversight/reply.ts'
import type { Template } from '#shared/oversight/template.ts'
import type { Account } from '#shared/oversight/account.ts'
import type { Withholding } from '#shared/oversight/withholding.ts'
import type { Breakdown } from '#shared/polls/told.ts'
import type { Dimension } from '#shared/ticket.ts'
import type { SavedView } from '#shared/saved-view.ts'
import type { Unread } from '#shared/unread.ts'
import type {
  AccountEventTable,
  CredentialTable,
  InvitationTable,
  PasskeyTable,
  PersonTable,
  SessionTable,
} from './account-tables.ts'
import type {
  ActTable,
  AppointmentTable,
  FormTable,
  StateTable,
  SuggestionTable,
} from './act-tables.ts'
import type { AuditAnswerTable, AuditRequestTable } from './audit-tables.ts'
import type {
  CommentGroupTable,
  CommentTable,
  ConsultationTable,
  DraftTable,
  WordedTable,
  WordingTable,
} from './consultation-tables.ts'
import type { AttachmentTable, EvidenceTable, EvidenceTextTable } from './evidence-tables.ts'
import type {
  DefinitionTable,
  JournalHeadTable,
  JournalTable,
  PublicationTable,
} from './journal-tables.ts'
import type { AnswerTable, PollTable, StatementTable } from './poll-tables.ts'
import type { AdminKeyTable, MemberTable, PolicyTable, SourceTable } from './source-tables.ts'
import type { Fate, TicketTable } from './ticket-tables.ts'

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
  account: StateTable<Account>
  flag: StateTable<Flag>
  suggestion: SuggestionTable
  template: StateTable<Template>
  withholding: StateTable<Withholding>
  confirmation: StateTable<Confirmation>
  reply: StateTable<Reply>
  form: FormTable
  ruling: StateTable<Ruling>
  moderation: StateTable<Moderation>
  correction: StateTable<Correction>
  publishingSince: { one: Generated<boolean>; minute: number }
  attachment: AttachmentTable
  attachmentUpload: { hash: Uint8Array; personId: string; at: Generated<number> }
  evidence: EvidenceTable
  evidenceText: EvidenceTextTable
  evidenceSecret: { secret: Uint8Array }
  person: PersonTable
  session: SessionTable
  credential: CredentialTable
  passkey: PasskeyTable
  twoFactor: { id: string; personId: string; verified: boolean | null }
  verification: { id: string; identifier: string; value: string; expiresAt: number }
  usedCode: { personId: string; code: string; at: number }
  invitation: InvitationTable
  accountEvent: AccountEventTable
  personalRead: {
    id: Generated<number>
    personId: string
    what: string
    of: string[]
    at: Generated<number>
  }
  consultation: ConsultationTable
  draft: DraftTable
  comment: CommentTable
  commentHistory: CommentTable & { untilBatch: number; fate: Fate; keptAt: Generated<number> }
  participation: Participation & { person: string; comments: number }
  grouped: { one: Generated<boolean>; seq: number }
  wording: WordingTable
  commentGroup: CommentGroupTable
  commentGroupHistory: CommentGroup & { batch: number; untilBatch: number }
  worded: WordedTable
  poll: PollTable
  statement: StatementTable
  answer: AnswerTable
  pollBreakdown: {
    poll: number
    at: Generated<number>
    told: ColumnType<readonly Breakdown[], string>
  }
  answerHistory: AnswerTable & { untilBatch: number; fate: Fate; keptAt: Generated<number> }
  digest: { personId: string; isOn: Generated<boolean>; day: string | null; seq: number | null }
  savedView: SavedView & { personId: string }
  unread: { personId: string; version: number; state: ColumnType<Unread, string> }
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
    /** Tickets that came or were changed since the day was first told. */
    tickets: number
  }
  publicNoun: { noun: string }
  screen: { slot: number; leaf: number }
  cosignature: { size: number; key: string; line: string; at: Generated<number> }
}
