import type { ReplyVerdict } from '../oversight/reply.ts'
import type { ToldReply } from './told-replies.ts'

interface Answer {
  verdict: ReplyVerdict
  firstAt: number
}

/** What was said on one provision, or on the whole draft. */
export interface SaidOn {
  comments: number
  /** Those among them that lie in a group of comments which is answered itself. */
  inGroups?: number
  /** The answer that stands to it, its own or that of the article it is a clause of. */
  reply: Answer | undefined
}

/** All that was said in a consultation, and that officials may answer. */
export interface AllSaid {
  provisions: readonly SaidOn[]
  /** The answers to groups of comments themselves, one to each. */
  letters: readonly Answer[]
  /** Groups that are answered neither themselves nor with what they are on. */
  openLetters: number
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
  /** Accepted or partly: of the provisions and letters that were answered; and of all that are to be answered. */
  adoptionOfAnswered: Share
  adoptionOfAll: Share
  /** From closing to the first answer, in milliseconds; 0 of what was answered before. Nearest rank, of `n` answers. */
  timeToAnswer: { p50: number | null; p90: number | null; n: number }
  /** Answered after the deadline, or not yet when it has passed. */
  late: number
  /** Provisions on which something was said, and which nobody has answered. */
  unanswered: number
}

/**
 * How what was said in a consultation is answered; the page and the report both count by this. Provisions on which
 * nothing was said are left out, answered or not. `measures.md` has the definitions.
 */
export function answeringOf({ provisions, letters, openLetters }: AllSaid, term: Term): Answering {
  const { closesAt, answerBy, now } = term
  const said = provisions.filter(({ comments }) => comments > 0)
  const replies = [...said.flatMap(({ reply }) => reply ?? []), ...letters]
  const unanswered = said.filter(({ reply }) => reply === undefined).length
  const open = unanswered + openLetters
  const adopted = replies.filter(({ verdict }) => verdict !== 'not').length
  const waits = replies.map(({ firstAt }) => Math.max(0, firstAt - closesAt)).sort((a, b) => a - b)
  const answeredLate = replies.filter(({ firstAt }) => firstAt > answerBy).length
  return {
    answerRate: share(
      sumOf(said, answeredIn),
      sumOf(said, ({ comments }) => comments),
    ),
    adoptionOfAnswered: share(adopted, replies.length),
    adoptionOfAll: share(adopted, replies.length + open),
    timeToAnswer: { p50: rankOf(waits, 0.5), p90: rankOf(waits, 0.9), n: waits.length },
    late: answeredLate + (now > answerBy ? open : 0),
    unanswered,
  }
}

/** Those to groups of comments, of each group the one that was given last; told newest first. */
export function newestByGroup(replies: readonly ToldReply[]): ToldReply[] {
  const own = replies.filter(({ group }) => group !== null)
  return [...new Map(own.toReversed().map((one) => [one.group, one])).values()]
}

/** Comments that are answered. Groups are counted seconds after comments: never more than all of them. */
export const answeredIn = ({ comments, inGroups = 0, reply }: SaidOn): number =>
  reply ? comments : Math.min(comments, inGroups)

const sumOf = (all: readonly SaidOn[], count: (one: SaidOn) => number): number =>
  all.reduce((sum, one) => sum + count(one), 0)

const share = (hits: number, n: number): Share => ({ value: n === 0 ? null : hits / n, hits, n })

const rankOf = (sorted: readonly number[], share: number): number | null =>
  sorted[Math.ceil(share * sorted.length) - 1] ?? null
