import type { Role } from '../oversight/act.ts'
import type { ReplyVerdict } from '../oversight/reply.ts'
import type { WithheldTexts } from '../oversight/withholding.ts'

/** A clause of a draft, by `CODE/DRAFT/ID`, with what it is called in each language of the draft. */
export interface ToldClause {
  code: string
  draft: number
  labels: Readonly<Record<string, string>>
}

/** What officials answered; instants are milliseconds. */
export interface ToldReply {
  id: number
  version: number
  /** Of the provision, as views by provision have it, `(none)` the whole draft; null: to a group of comments. */
  key: string | null
  /** As which the group goes on that was answered: letters that came since may have made several one. */
  group: number | null
  verdict: ReplyVerdict
  firstAt: number
  at: number
  /** Null: the system. */
  role: Role | null
  /** Its reasons; null: taken down. */
  text: string | null
  withheld: WithheldTexts[string] | null
  language: string | null
  /** What changed by it. */
  clauses: readonly ToldClause[]
}

/** `GET /api/v1/consultations/CODE/answers`. */
export interface ToldReplies {
  /** Until when all that was said is to be answered. */
  answerBy: number
  /** The newest first. */
  replies: readonly ToldReply[]
  /** Published comments in groups that are answered, by the key of what they are on; some seconds old at most. */
  inGroups: Readonly<Record<string, number>>
  /** Groups of two comments or more that are answered neither themselves nor with what they are on. */
  openGroups: number
}
