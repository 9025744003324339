import type { Speaker, Stance, WithholdReason } from './comment.ts'
import type { Match } from './match-drafts.ts'
import type { Provision } from './provision.ts'

type InLanguages = Readonly<Record<string, string>>

/** A consultation as `GET /api/v1/consultations` lists it; instants are milliseconds, members codes. */
export interface ConsultationLine {
  code: string
  titles: InLanguages
  agency: string | null
  area: string | null
  category: string | null
  opensAt: number
  closesAt: number
  /** Of its newest draft. */
  languages: readonly string[]
  /** The number of the draft that is shown; null before one is. */
  draft: number | null
  isAdopted: boolean
}

/** A provision of the draft that is shown; `key` is that of its rows in views by provision. */
export interface ToldProvision extends Provision {
  key: string
}

/** A provision that the draft which is shown has no more. */
export interface GoneProvision {
  key: string
  /** Its own and those of the clauses that it had. */
  keys: readonly string[]
  /** The last that had it. */
  draft: number
  /** As it read there, in each language; `of` is the label of the article that a clause lay in. */
  texts: Readonly<Record<string, Provision & { of: string | null }>>
}

/** `GET /api/v1/consultations/CODE`. */
export interface ConsultationDetail extends ConsultationLine {
  summaries: InLanguages | null
  /** Everybody may comment by the form of its own, while it is open. */
  hasForm: boolean
  outcome: {
    adoptedAt: number
    laws: InLanguages
    /** The draft that became law; null where none was published by then. */
    draft: number | null
    url: string | null
  } | null
  drafts: { number: number; publishedAt: number; isShown: boolean }[]
  /** The shown draft by language; empty before there is one. */
  texts: Readonly<Record<string, readonly ToldProvision[]>>
  /** Of provisions of other drafts, by `CODE/DRAFT/ID`, the key they go on with, where that is another's. */
  keys: Readonly<Record<string, string>>
  /** The draft before it, and what became of its provisions. */
  before: { number: number; texts: Readonly<Record<string, readonly Provision[]>> } | null
  matches: readonly Match[] | null
  gone: readonly GoneProvision[]
  withheld: ToldReasons['withheld']
}

/** `GET /api/v1/consultations/CODE/withheld`: why comments are withheld, and how many for each reason. */
export interface ToldReasons {
  withheld: readonly { reason: WithholdReason; comments: number }[]
}

/** Comments that came by one channel, in one language or from one area; `code` null: they name none. */
export interface SpreadRow {
  code: string | null
  names: InLanguages
  received: number
  published: number
  withheld: number
  distinct: number
}

/** `GET /api/v1/consultations/CODE/spread`, most received first. */
export type ToldSpread = Readonly<Record<'channel' | 'language' | 'area', readonly SpreadRow[]>>

/** A draft that is not shown yet, and what was found to have become of the provisions of the one before. */
export interface AwaitedDraft {
  number: number
  publishedAt: number
  texts: Readonly<Record<string, readonly Provision[]>>
  before: Readonly<Record<string, readonly Provision[]>> | null
  /** Null where there is no draft before. */
  matches: readonly Match[] | null
}

/** Why a comment is not shown; `at` is when the secretariat decided it, null: its source withholds it. */
export interface Withheld {
  reason: WithholdReason
  at: number | null
}

/** A comment; never who made it, but the name that an organisation said. */
export interface ToldComment {
  at: number
  provision: string | null
  stance: Stance | null
  speaker: Speaker
  organisation: string | null
  /** Null where it is withheld, as all that it says. */
  text: string | null
  proposal: string | null
  language: string | null
  withheld: Withheld | null
}

/** A comment as the secretariat reads it, withheld or not. */
export interface ModeratedComment extends ToldComment {
  /** `SOURCE/ID`. */
  key: string
  text: string
  /** What is nearly the same as it, where anything is: a group's id, and how many of it are published. */
  group: { id: number; comments: number } | null
}

/** `GET /api/v1/consultations/CODE/moderation`. */
export interface ModeratedPage {
  comments: ModeratedComment[]
  next: string | null
}

/** `GET /api/v1/consultations/CODE/comments`: the newest first, those withheld in their place; `next` goes into `after`. */
export interface CommentPage {
  comments: ToldComment[]
  next: string | null
}
