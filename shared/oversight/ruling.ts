import type { WithholdReason } from '../consultations/comment.ts'
import { type Act, type Place, Refused } from './act.ts'

/** One decision about a statement that people added to a poll. Each is an act of its own; the last one holds. */
export interface Ruling {
  poll: string
  /** Within its poll. */
  statement: string
  status: 'published' | 'withheld'
  /** Null of what is published. */
  reason: WithholdReason | null
  at: number
}

export interface RulingDeed {
  kind: 'statement.moderated'
  /** `hash`: SHA-256 of what it says by language, as canonical JSON. */
  body: Place & Omit<Ruling, 'at'> & { hash: string }
  texts: Record<never, never>
}

export function nextRuling(
  state: Ruling | undefined,
  { at, body: { poll, statement, status, reason } }: Act<RulingDeed>,
): Ruling {
  if (state) throw new Refused('done-already', 'It was decided already.')
  return { poll, statement, status, reason, at }
}
