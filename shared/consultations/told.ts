import type { Speaker, Stance, WithholdReason } from './comment.ts'
import type { Match } from './match-drafts.ts'
import type { Provision } from './provision.ts'

type InLanguages = Readonly<Record<string, string>>

/** A consultation as `GET /api/v1/consultations` lists it; instants are milliseconds, members codes. */
export interface ConsultationLine {
  code: string
  titles: InLanguages
  agency: string | null
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

/** `GET /api/v1/consultations/CODE`. */
export interface ConsultationDetail extends ConsultationLine {
  summaries: InLanguages | null
  outcome: { adoptedAt: number; laws: InLanguages; url: string | null } | null
  drafts: { number: number; publishedAt: number; isShown: boolean }[]
  /** The shown draft by language; empty before there is one. */
  texts: Readonly<Record<string, readonly ToldProvision[]>>
  /** The draft before it, and what became of its provisions. */
  before: { number: number; texts: Readonly<Record<string, readonly Provision[]>> } | null
  matches: readonly Match[] | null
  withheld: { reason: WithholdReason; comments: number }[]
}

/** A draft that is not shown yet, and what was found to have become of the provisions of the one before. */
export interface AwaitedDraft {
  number: number
  publishedAt: number
  texts: Readonly<Record<string, readonly Provision[]>>
  before: Readonly<Record<string, readonly Provision[]>> | null
  /** Null where there is no draft before. */
  matches: readonly Match[] | null
}

/** A published comment; never who made it. */
export interface ToldComment {
  at: number
  provision: string | null
  stance: Stance | null
  speaker: Speaker
  text: string
  proposal: string | null
  language: string | null
}

/** `GET /api/v1/consultations/CODE/comments`: the newest first; `next` goes into `after`. */
export interface CommentPage {
  comments: ToldComment[]
  next: string | null
}
