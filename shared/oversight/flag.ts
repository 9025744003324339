import type { Actor, Place, Text } from './act.ts'
import type { Deadline } from './deadline.ts'
import type { Link } from './suggestion.ts'

export const flagKinds = [
  'wrong-number',
  'slow',
  'not-really-resolved',
  'unfair',
  'pattern',
  'other',
] as const
export type FlagKind = (typeof flagKinds)[number]

export const severities = ['low', 'normal', 'high'] as const
export type Severity = (typeof severities)[number]

export const flagStandings = [
  'open',
  'acknowledged',
  'answered',
  'accepted',
  'disputed',
  'settled',
  'withdrawn',
] as const
export type FlagStanding = (typeof flagStandings)[number]

/** In these somebody owes the flag something. */
export const openStandings: readonly FlagStanding[] = [
  'open',
  'acknowledged',
  'answered',
  'disputed',
]

export const evidenceKinds = [
  'number',
  'ticket',
  'group',
  'provision',
  'comment-group',
  'answering',
  'poll',
] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

/** Whose word it went by. */
export const sides = ['observer', 'agency'] as const
export type Side = (typeof sides)[number]

interface Opened {
  /** SHA-256 of the frozen evidence, in hexadecimal. */
  evidence: string
  evidenceKind: EvidenceKind
  /** What it is on, as `onOf` says it: `number:MEASURE`, `ticket:MARK/ID`, `provision:KEY` … */
  on: string
  kind: FlagKind
  severity: Severity
  /** BCP 47, of the text. */
  language: string
  /** Hashes of files. */
  attachments: string[]
}

interface Answered {
  /** `https://…` or a path of ours; or what is cited, as decisions on suggestions do. */
  links: (string | Link)[]
  attachments: string[]
  template: number | null
  /** BCP 47; null: not told. */
  language: string | null
}

/** Who opened a flag, or joined it. */
export type Who = Pick<Actor, 'person' | 'appointment'>

/** Texts are not in it: each stands once, with its act, so that one taken down is nowhere any more. */
export interface Flag extends Opened {
  standing: FlagStanding
  /** What the evidence points at; also what is not public. */
  place: Place
  /** Who must answer; null: the secretariat. */
  owner: number | null
  author: Who
  openedAt: number
  acknowledgement: Deadline
  answering: Deadline
  /** The author's word on the answer; null before it. */
  word: Deadline | null
  /** The secretariat's word; null unless disputed. */
  settlement: Deadline | null
  coObservers: Who[]
  transfers: number
  /** The newest; `act` holds its texts. */
  answer: (Answered & { act: number; at: number; person: string }) | null
  /** The first answer came within so many working days; null without. */
  answeredWithin: number | null
  settledFor: Side | null
  /** Nobody is above the secretariat: where it has but one, that one settles what it answered, and it is told. */
  isSettledByAnswerer: boolean
  corrections: number
}

type Empty = Record<never, never>
type Why = { reason: Text }
type Told = { text: Text }
/** The policy by which a deadline in the same body was reckoned. */
type Reckoned = { policyVersion: number }
type Attached = { attachments: string[]; language: string | null }

export type FlagDeed =
  | {
      kind: 'flag.opened'
      body: Opened & Reckoned & { acknowledgeBy: number; answerBy: number }
      /** `place` is JSON: it may name members that are not public. */
      texts: Told & { place: Text }
    }
  | { kind: 'flag.acknowledged'; body: Empty; texts: Empty }
  | {
      kind: 'flag.answered'
      body: Answered & Reckoned & { wordBy: number; workingDays: number }
      texts: Told & { done: Text }
    }
  | { kind: 'flag.accepted'; body: Empty; texts: Told }
  | { kind: 'flag.disputed'; body: Reckoned & { settleBy: number }; texts: Why }
  | { kind: 'flag.settled'; body: { for: Side }; texts: Told }
  | { kind: 'flag.withdrawn'; body: Empty; texts: Why }
  | { kind: 'flag.transferred'; body: { to: number | null }; texts: Why }
  | { kind: 'flag.joined'; body: { language: string | null }; texts: Told }
  | { kind: 'flag.noted'; body: Attached; texts: Told }
  /**
   * Source data was revised, of the ticket `MARK/ID`: by its source, or by the act `correction`, which says what and
   * why, and this says nothing more.
   */
  | { kind: 'flag.corrected'; body: { ticket: string; correction?: number }; texts: Told }
