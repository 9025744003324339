/*
 * What people said in polls, as it is stored: one row for all answers of one person to a poll, one for each
 * person and statement of an agreement poll. Members by id.
 */

/** Everything that an answer to a poll contributes depends on. */
export interface PollAnswer {
  poll: number
  answeredAt: number
  /** When its choices are counted: as it came, or when the poll closes if it is sealed until then. */
  countsAt: number
  /** Every choice of every question that was answered. */
  offered: readonly number[]
  chosen: readonly number[]
}

/** Everything that a vote on a statement contributes depends on. */
export interface StatementVote {
  poll: number
  statement: number
  countsAt: number
  /** Agree 1, pass 0, disagree −1. */
  vote: number
}

export const pollKinds = ['choices', 'agreement'] as const
export type PollKind = (typeof pollKinds)[number]

/** What answers are told by, each at its place of a combination. */
export const answerAxes = ['poll', 'choice'] as const
/** What votes on statements are told by. */
export const voteAxes = ['poll', 'statement'] as const
export type PollAxis = (typeof answerAxes)[number] | (typeof voteAxes)[number]
