import { z } from 'zod'
import { isStorable, longest } from '../events.ts'
import { measureIds } from '../measures/all.ts'
import { dimensions, precisions, statuses } from '../ticket.ts'
import { ticketGroupings, ticketStates } from '../tickets.ts'
import { ViewQuestion } from '../view-schema.ts'

/*
 * What a flag or a suggestion points at, frozen. A page *claims* what it showed; the server asks itself the
 * same question at the same point of the journal and freezes what was right. Evidence is plain JSON without
 * `undefined`, so that its RFC 8785 form, and the SHA-256 of it, are the same everywhere and for ever.
 *
 * POST /api/v1/evidence  Claim → Weighed: what would be frozen; nothing is kept.
 * GET  /api/v1/evidence/HASH → Reopened: as it was, and the same question today.
 */

/** Lowercase hex of a SHA-256. */
export const Hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 digits of a SHA-256')

const seq = z.int().min(0)
/** UTC minutes since 1970. */
const At = z.tuple([seq, z.int().min(0)])
const cell = z.number().nullable()
const stored = (max: number) =>
  z.string().min(1).max(max).refine(isStorable, 'must not contain NUL or half of a character')
const picture = Hash.optional()

/** By the measure's fields: `value`, `numerator`, `n` … */
const Fields = z.record(z.string().max(50), cell)
export type Fields = z.infer<typeof Fields>

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

/** Further kinds (a provision, a group of comments, an alert) become members of both unions. */
export const Claim = z.discriminatedUnion('kind', [NumberClaim, TicketClaim, GroupClaim])
export type Claim = z.infer<typeof Claim>
/** As a page writes it. */
export type ClaimInput = z.input<typeof Claim>

/** What a claim is on, as flags are found by it. */
export function onOf(claim: Claim): string {
  if (claim.kind === 'number') return `number:${claim.measure}`
  if (claim.kind === 'ticket') return `ticket:${claim.mark}/${claim.id}`
  return 'group'
}

const Window = z.strictObject({ start: z.string(), end: z.string() })
export type Window = z.infer<typeof Window>

const frozen = {
  form: z.literal(1),
  demonstration: z.boolean(),
  at: At,
  /** By the deployment's clock, as ISO text. */
  asOf: z.string(),
  /** Null before the first row of the journal. */
  policyVersion: z.int().nullable(),
  contributionsVersion: z.int(),
  /** Of the attachment that the page drew; what it shows, the page says. */
  picture: Hash.nullable(),
  /** What opened members were called then: names change. */
  members: z.array(
    z.strictObject({
      dimension: z.enum(dimensions),
      code: z.string(),
      names: z.record(z.string(), z.string()),
    }),
  ),
}

const FrozenNumber = z.strictObject({
  kind: z.literal('number'),
  ...frozen,
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

export const Evidence = z.discriminatedUnion('kind', [FrozenNumber, FrozenTicket, FrozenGroup])
export type Evidence = z.infer<typeof Evidence>
export type NumberEvidence = z.infer<typeof FrozenNumber>
export type TicketEvidence = z.infer<typeof FrozenTicket>
export type GroupEvidence = z.infer<typeof FrozenGroup>

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

/** What would be frozen, and where it lies, by code: whose flag it would be follows from it. */
export interface Weighed extends Frozen {
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
export type TicketNow = Pick<TicketEvidence, 'ticket' | 'clocks'>

/**
 * `same` asks about the very window that was frozen, by what is known now: what came late or was revised
 * shows there. `rolled` is only where the window was a preset: the window as it lies now.
 */
export type Today =
  | { kind: 'number'; same: Told<NumberNow>; rolled?: Told<NumberNow> }
  | { kind: 'ticket'; same: Told<TicketNow> }
  | { kind: 'group'; same: Told<GroupNow>; rolled?: Told<GroupNow> }

export interface Reopened extends Frozen {
  /** When it was kept, by the database's clock. */
  frozenAt: string
  today: Today
}
