import { type AddOf, contributeAnswer, contributeVote } from '#shared/measures/polls.ts'
import type { Add } from '#shared/measures/part.ts'
import type { PollAnswer } from '#shared/polls/answer.ts'
import { addTo, type Combination, type Delta } from './delta.ts'

/** What is stored of one person: answers to a poll, or a vote on a statement of it. */
export interface Answered extends PollAnswer {
  /** 0: answers to the poll. */
  statement: number
  vote: number | null
}

/** Adds what an answer contributes now, or takes away what it contributed before. */
export function addAnswer(delta: Delta, answer: Answered, sign: 1 | -1): void {
  eachContribution(answer, (combination, contribute) => contribute(addTo(delta, combination, sign)))
}

/** Tells each contribution of an answer with its combination: the poll, and the choice or statement. */
export function eachContribution(
  answer: Answered,
  visit: (combination: Combination, contribute: (add: Add) => void) => void,
): void {
  const addOf: AddOf = (item) => (part, minute, n, bin) =>
    visit([answer.poll, item, 0, 0, 0], (add) => add(part, minute, n, bin))
  const { vote } = answer
  if (vote === null) contributeAnswer(answer, addOf)
  else contributeVote({ ...answer, vote }, addOf)
}
