import type { WithholdReason } from '#shared/consultations/comment.ts'
import type { PollAnswer, PollKind } from '#shared/polls/answer.ts'
import type { PollGroup, Question } from '#shared/polls/told.ts'

export interface PollTable {
  /** Of its member. */
  id: number
  sourceId: number
  code: string
  version: number
  digest: Uint8Array
  kind: PollKind
  agency: number
  area: number
  category: number
  titles: Record<string, string>
  summaries: Record<string, string> | null
  opensAt: number
  closesAt: number
  isSealed: boolean
  hasForm: boolean
  takesStatements: boolean
  questions: readonly Question[]
  groups: readonly PollGroup[]
}

export interface StatementTable {
  /** Of its member. */
  id: number
  poll: number
  /** Within its poll. */
  code: string
  sourceId: number
  version: number
  digest: Uint8Array
  receivedAt: number
  texts: Record<string, string>
  isSeed: boolean
  isPublished: boolean
  /** Null of what is published, and of what waits for the secretariat. */
  reason: WithholdReason | null
}

export interface AnswerTable extends PollAnswer {
  /** 0: answers to the poll's questions. */
  statement: number
  person: string
  sourceId: number
  version: number
  digest: Uint8Array
  batch: number
  /** Of a statement: agree 1, pass 0, disagree −1; null otherwise. */
  vote: number | null
  channel: number
  area: number
  /** What the person says to belong to, by the group's id. */
  groups: Record<string, string>
}
