import type { Act, Place, Text } from './act.ts'
import type { Link } from './suggestion.ts'

/** What officials say to what was said. */
export const replyVerdicts = ['accepted', 'partly', 'not'] as const
export type ReplyVerdict = (typeof replyVerdicts)[number]

/** A provision by its member's id, 0 the whole draft; or comments that are nearly the same, by their group's id. */
export type About = { provision: number } | { group: number }

interface Answered extends Place {
  /** The consultation's code, which is never another's. */
  consultation: string
  about: About
  verdict: ReplyVerdict
  /** BCP 47, of the text. */
  language: string | null
  /** Clauses that changed by it. */
  links: Link[]
  /** When it was due, by the policy that held. */
  answerBy: number
  policyVersion: number
}

/** What officials answer to one provision, or to one group of comments, of a consultation. */
export interface Reply extends Answered {
  firstAt: number
  at: number
  /** The act that holds its reasons. */
  textIn: number
}

export interface ReplyDeed {
  kind: 'reply.answered'
  body: Answered
  texts: { text: Text }
}

/** Answered again, it is the later word that stands; the act before it stays on the record. */
export function nextReply(state: Reply | undefined, { id, at, body }: Act<ReplyDeed>): Reply {
  const { answerBy, policyVersion } = state ?? body
  return { ...body, answerBy, policyVersion, firstAt: state?.firstAt ?? at, at, textIn: id }
}
