import { z } from 'zod'
import { longest } from '../events.ts'
import { measureIds } from '../measures/all.ts'
import { precisions, statuses } from '../ticket.ts'
import { ticketGroupings, ticketStates } from '../tickets.ts'
import { ViewQuestion } from '../view-schema.ts'
import {
  AnsweringClaim,
  CommentGroupClaim,
  FrozenAnswering,
  FrozenCommentGroup,
  FrozenPoll,
  FrozenProvision,
  PollClaim,
  ProvisionClaim,
  type AnsweringNow,
  type CommentGroupNow,
  type PollNow,
  type ProvisionNow,
} from './evidence-of-opinions.ts'
import { At, Fields, frozen, picture, stored, Window } from './frozen.ts'

/*
 * What a flag or a suggestion points at, frozen. A page *claims* what it showed; the server asks itself the
 * same question at the same point of the journal and freezes what was right. Evidence is plain JSON without
 * `undefined`, so that its RFC 8785 form, and the SHA-256 of it, are the same everywhere and for ever.
 *
 * POST /api/v1/evidence  Claim → Weighed: what would be frozen; nothing is kept.
 * GET  /api/v1/evidence/HASH → Reopened: as it was, and the same question today.
 */

const NumberClaim = z.strictObject({
  kind: z.literal('number'),
  question: ViewQuestion,
  measure: z.enum(measureIds),
  /** The key of its row; null for the totals. */
  row: z.string().max(500).nullable().default(null),
  /** Where the page stood: `at` of the answer it showed. */
  at: At,
  /** What the page showed: one field at least. */
  saw: Fields.refine((fields) => Object.keys(fields).length > 0, 'must hold a field'),
  picture,
})

/** What of a ticket a page may say it saw. */
const SeenTicket = z.strictObject({
  status: z.enum(statuses).optional(),
  respondedAt: z.string().max(40).nullable().optional(),
  dueAt: z.string().max(40).nullable().optional(),
  closedAt: z.string().max(40).nullable().optional(),
})

const TicketClaim = z.strictObject({
  kind: z.literal('ticket'),
  mark: stored(50),
  id: stored(longest.id),
  at: At,
  saw: SeenTicket.default({}),
  picture,
})

const GroupClaim = z.strictObject({
  kind: z.literal('group'),
  /** As `GET /api/v1/tickets` takes it: filters, status, state, window or received, by. */
  query: z.string().max(8000),
  /** The key of its row; null for the whole list. */
  group: z.string().max(200).nullable().default(null),
  at: At,
  /** How many tickets the page counted. */
  saw: z.int().min(0).nullable().default(null),
  picture,
})

/** Further kinds (an alert) become members of both unions. */
export const Claim = z.discriminatedUnion('kind', [
  NumberClaim,
  TicketClaim,
  GroupClaim,
  ProvisionClaim,
  CommentGroupClaim,
  AnsweringClaim,
  PollClaim,
])
export type Claim = z.infer<typeof Claim>
/** As a page writes it. */
export type ClaimInput = z.input<typeof Claim>

const FrozenNumber = z.strictObject({
  kind: z.literal('number'),
  ...frozen,
  /** Of the consultation that it is counted of; absent of what is not of one. */
  titles: z.record(z.string(), z.string()).optional(),
  /** Codes in the members' own spelling, in order. */
  question: ViewQuestion.omit({ id: true }),
  measure: z.enum(measureIds),
  /** Of the measure. */
  definitionVersion: z.int(),
  row: z.string().nullable(),
  window: Window,
  /** `recounted`: by later definitions than those it was shown by, so that `saw` may differ. */
  basis: z.enum(['past', 'recounted', 'published']),
  fields: Fields,
  saw: Fields,
  /** What it is read with (`readWith`), of the same answer; absent where the page did not ask for it. */
  beside: z
    .array(
      z.strictObject({ measure: z.enum(measureIds), definitionVersion: z.int(), fields: Fields }),
    )
    .optional(),
})

const code = z.string().optional()
const instant = z.string().nullable()

const PublicTicket = z.strictObject({
  mark: z.string(),
  id: z.string(),
  source: z.string().optional(),
  agency: code,
  area: code,
  category: code,
  channel: code,
  language: code,
  status: z.enum(statuses),
  precision: z.enum(precisions),
  receivedAt: z.string(),
  respondBy: instant,
  respondedAt: instant,
  dueAt: instant,
  closedAt: instant,
  closeReason: z.string().nullable(),
  reopenings: z.int(),
  transfers: z.int().optional(),
  state: z.enum(ticketStates).nullable(),
  correction: z.int().optional(),
})

const Clock = z.strictObject({
  by: instant,
  at: instant,
  verdict: z.enum(['kept', 'missed', 'running', 'none']),
  seconds: z.int().nullable(),
})
const Clocks = z.strictObject({ respond: Clock, close: Clock })

const FrozenTicket = z.strictObject({
  kind: z.literal('ticket'),
  ...frozen,
  /** As the public could see it. */
  ticket: PublicTicket,
  /** As they stood at `asOf`. */
  clocks: Clocks,
  saw: SeenTicket,
})

const codes = z.array(z.string()).optional()

/** Which tickets: a dimension, a status or a state that is absent is not narrowed. */
const GroupQuestion = z.strictObject({
  agency: codes,
  area: codes,
  category: codes,
  channel: codes,
  language: codes,
  status: z.array(z.enum(statuses)).optional(),
  state: z.array(z.enum(ticketStates)).optional(),
  /** A preset or `START/END`, of receipt; absent: all of the time. */
  window: z.string().optional(),
  by: z.enum(ticketGroupings).optional(),
})
export type GroupQuestion = z.infer<typeof GroupQuestion>

const FrozenGroup = z.strictObject({
  kind: z.literal('group'),
  ...frozen,
  question: GroupQuestion,
  group: z.string().nullable(),
  /** Of receipt; null: all of the time. */
  window: Window.nullable(),
  tickets: z.int(),
  /** A list is counted a moment before or after the pair that a page knows: this may differ a little. */
  saw: z.int().nullable(),
})

export const Evidence = z.discriminatedUnion('kind', [
  FrozenNumber,
  FrozenTicket,
  FrozenGroup,
  FrozenProvision,
  FrozenCommentGroup,
  FrozenAnswering,
  FrozenPoll,
])
export type Evidence = z.infer<typeof Evidence>
export type NumberEvidence = z.infer<typeof FrozenNumber>
export type TicketEvidence = z.infer<typeof FrozenTicket>
export type GroupEvidence = z.infer<typeof FrozenGroup>
export type ProvisionEvidence = z.infer<typeof FrozenProvision>
export type CommentGroupEvidence = z.infer<typeof FrozenCommentGroup>
export type AnsweringEvidence = z.infer<typeof FrozenAnswering>
export type PollEvidence = z.infer<typeof FrozenPoll>

/** The members it points at, by the ids under which facts are counted now: whose flag it is follows from it. */
export interface About {
  agency?: number
  area?: number
  category?: number
}

export interface Frozen {
  /** SHA-256 of the canonical form. */
  hash: string
  evidence: Evidence
}

/** What evidence only commits to, by name; null: it is not to be read any more. */
export type EvidenceTexts = Readonly<Record<string, string | null>>

/** What would be frozen, and where it lies, by code: whose flag it would be follows from it. */
export interface Weighed extends Frozen {
  texts: EvidenceTexts
  place: { agency?: string; area?: string; category?: string }
}

/**
 * The same question asked today. `none`: nothing is counted in this row any more. `closed`: the public may
 * not ask it any more. `gone`: what it asks about is not there any more. `unanswered`: ask again.
 */
export type Told<What> =
  | ({ state: 'told'; asOf: string } & What)
  | { state: 'none'; asOf: string }
  | { state: 'closed' | 'gone' | 'unanswered'; why: string }

export interface NumberNow {
  fields: Fields
  window: Window
  definitionVersion: number
}
export interface GroupNow {
  tickets: number
  window: Window | null
}
/** Its members are called as they are called today. */
export type TicketNow = Pick<TicketEvidence, 'ticket' | 'clocks' | 'members'>

/**
 * `same` asks about the very window that was frozen, by what is known now: what came late or was revised
 * shows there. `rolled` is only where the window was a preset: the window as it lies now.
 */
export type Today =
  | { kind: 'number'; same: Told<NumberNow>; rolled?: Told<NumberNow> }
  | { kind: 'ticket'; same: Told<TicketNow> }
  | { kind: 'group'; same: Told<GroupNow>; rolled?: Told<GroupNow> }
  | { kind: 'provision'; same: Told<ProvisionNow> }
  | { kind: 'comment-group'; same: Told<CommentGroupNow> }
  | { kind: 'answering'; same: Told<AnsweringNow> }
  | { kind: 'poll'; same: Told<PollNow> }

export interface Reopened extends Frozen {
  /** When it was kept, by the database's clock. */
  frozenAt: string
  texts: EvidenceTexts
  today: Today
}
