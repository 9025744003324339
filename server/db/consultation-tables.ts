import type {
  Comment,
  CommentGroup,
  Speaker,
  WithholdReason,
} from '#shared/consultations/comment.ts'
import type { Match } from '#shared/consultations/match-drafts.ts'
import type { Provision } from '#shared/consultations/provision.ts'

export interface ConsultationTable {
  /** Of its member. */
  id: number
  sourceId: number
  code: string
  version: number
  digest: Uint8Array
  agency: number
  area: number
  category: number
  titles: Record<string, string>
  summaries: Record<string, string> | null
  opensAt: number
  closesAt: number
  hasForm: boolean
  /** What the secretariat decided of the form, whatever the source says; null: nothing. */
  formIsOn: boolean | null
  outcome: Outcome | null
}

interface Outcome {
  adoptedAt: number
  laws: Record<string, string>
  draft?: number | undefined
  url: string | null
}

export interface DraftTable {
  consultation: number
  number: number
  publishedAt: number
  /** By language. */
  texts: Record<string, readonly Provision[]>
  /** Proposed from the draft before; null of the first. */
  matches: readonly Match[] | null
  /** Since when it is shown; null: the secretariat has not confirmed what became of each provision. */
  confirmedAt: number | null
}

export interface CommentTable extends Comment {
  sourceId: number
  id: string
  version: number
  digest: Uint8Array
  batch: number
  draft: number
  /** Why its source withholds it; null: it does not. */
  reason: WithholdReason | null
  /** Why the secretariat does, whatever the source says. */
  withheldAs: WithholdReason | null
  /** By whose newest act; null: the secretariat has done nothing to it. */
  moderation: number | null
  speaker: Speaker
  person: string
  text: string
  proposal: string | null
  /** Of an organisation, its name where it said it. */
  organisation: string | null
}

export interface WordingTable {
  id: number
  consultation: number
  hash: Uint8Array
  bands: Uint8Array
  /** The group it came to; that may have been merged into another. */
  commentGroup: number
  /** That are published. */
  comments: number
  words: string
}

export interface CommentGroupTable extends CommentGroup {
  /** Of its first wording. */
  id: number
  /** A group that is none; null: it stands for itself. */
  mergedInto: number | null
  wordings: number
  /** That are published. */
  comments: number
  lastAt: number | null
  /** The comment that came at `firstAt`. */
  firstSource: number | null
  firstId: string | null
  /** Since which it is counted as it is. */
  batch: number
}

export interface WordedTable {
  sourceId: number
  id: string
  /** Of the comment as it was grouped; null: it was changed since, before versions were noted. */
  version: number | null
  wording: number
  isPublished: boolean | null
  receivedAt: number
}
