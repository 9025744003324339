import type { ReplyVerdict } from '../oversight/reply.ts'
import type { ToldReply } from './told-replies.ts'

/**
 * What can be answered: a provision or the whole draft, with how much was said on it; or a group of comments, whose
 * comments are counted with the provisions that they are on.
 */
export interface Answerable {
  comments: number
  /** Those among them that lie in a group of comments which is answered itself. */
  inGroups?: number
  /** The answer that stands. */
  reply: { verdict: ReplyVerdict; firstAt: number } | undefined
}

interface Term {
  closesAt: number
  answerBy: number
  now: number
}

interface Share {
  /** Null: of nothing (I7). */
  value: number | null
  hits: number
  n: number
}

export interface Answering {
  /** Published comments that are answered, themselves or with what they are on, of all published. */
  answerRate: Share
  /** Accepted or partly, of what was answered; and of all on which anything was said. */
  adoptionOfAnswered: Share
  adoptionOfAll: Share
  /** From closing to the first answer, in milliseconds; 0 of what was answered before. Nearest rank, of `n` answers. */
  timeToAnswer: { p50: number | null; p90: number | null; n: number }
  /** Answered after the deadline, or not yet when it has passed. */
  late: number
  /** On which something was said, and which nobody has answered. */
  unanswered: number
}

/** How what was said in a consultation is answered. `measures.md` has the definitions. */
export function answeringOf(all: readonly Answerable[], term: Term): Answering {
  const { closesAt, answerBy, now } = term
  const said = all.filter(({ comments, reply }) => comments > 0 || reply !== undefined)
  const replies = said.flatMap(({ reply }) => reply ?? [])
  const adopted = replies.filter(({ verdict }) => verdict !== 'not').length
  const waits = replies.map(({ firstAt }) => Math.max(0, firstAt - closesAt)).sort((a, b) => a - b)
  const answered = said.filter(({ reply }) => reply !== undefined)
  const isLate = ({ reply }: Answerable) => (reply?.firstAt ?? now) > answerBy
  return {
    answerRate: share(
      sumOf(said, answeredIn),
      sumOf(said, ({ comments }) => comments),
    ),
    adoptionOfAnswered: share(adopted, replies.length),
    adoptionOfAll: share(adopted, said.length),
    timeToAnswer: { p50: rankOf(waits, 0.5), p90: rankOf(waits, 0.9), n: waits.length },
    late: said.filter(isLate).length,
    unanswered: said.length - answered.length,
  }
}

/** Those to groups of comments, of each group the one that was given last; told newest first. */
export function newestByGroup(replies: readonly ToldReply[]): ToldReply[] {
  const own = replies.filter(({ group }) => group !== null)
  return [...new Map(own.toReversed().map((one) => [one.group, one])).values()]
}

/** Groups are counted seconds after comments: never more than all of them. */
const answeredIn = ({ comments, inGroups = 0, reply }: Answerable): number =>
  reply ? comments : Math.min(comments, inGroups)

const sumOf = (all: readonly Answerable[], count: (one: Answerable) => number): number =>
  all.reduce((sum, one) => sum + count(one), 0)

const share = (hits: number, n: number): Share => ({ value: n === 0 ? null : hits / n, hits, n })

const rankOf = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.ceil(share * sorted.length) - 1] ?? null
