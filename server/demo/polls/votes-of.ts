import type { Stand } from '#shared/opinions/votes.ts'
import type { VoteEvent } from '#shared/polls/events.ts'
import { DAY } from '#shared/time.ts'
import { type Random, randomFrom, seedOf } from '../random.ts'
import { type Round, roundSeed } from '../rounds.ts'
import type { AskedAgreement } from './asked.ts'

const SEED = 2302
/** Statements on which each votes, one after the other. */
const EACH = 16

interface Plan {
  asked: AskedAgreement
  round: Round
  /** When each vote comes. */
  times: Float64Array
}

/** The `number`th vote. */
export function voteOf({ asked, round, times }: Plan, number: number): VoteEvent {
  const { code, opensAt } = round
  const voter = Math.floor(number / EACH)
  const own = [voter, ...roundSeed(round)]
  const random = randomFrom(seedOf(SEED, ...own))
  const camp = Math.floor(3 * random() ** 1.2)
  const conviction = 0.6 + 0.5 * random()
  const met = statementsAt(asked, times[voter * EACH]! - opensAt)
  const statement = shuffled(met, random)[number % EACH]!
  const stand = asked.statements[statement]!.stands[camp]! * conviction
  return {
    ...({ type: 'vote', poll: code, statement: String(statement + 1) } as const),
    ...{ person: `${code}-p${voter}`, version: 1, votedAt: times[number]! },
    vote: standOf(stand, randomFrom(seedOf(SEED, ...own, statement))),
  }
}

/** The places of those that have been added so many milliseconds after the opening. */
const statementsAt = ({ statements }: AskedAgreement, since: number): number[] =>
  [...statements.keys()].filter((at) => (statements[at]!.day ?? 0) * DAY <= since)

const shuffled = (all: readonly number[], random: Random): number[] =>
  all
    .map((one) => ({ one, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one)

/** From −1, almost surely against it, to 1. */
function standOf(stand: number, random: Random): Stand {
  const passing = 0.06 + 0.2 * (1 - Math.min(1, Math.abs(stand)))
  if (random() < passing) return 'pass'
  return random() < (1 + Math.max(-1, Math.min(1, stand))) / 2 ? 'agree' : 'disagree'
}
