import type { Stand } from '#shared/opinions/votes.ts'
import type { PollResponseEvent, VoteEvent } from '#shared/polls/events.ts'
import { DAY, HOUR } from '#shared/time.ts'
import { pickFrom, type Random, randomFrom, seedOf } from '../random.ts'
import type { AskedAgreement, AskedPoll, AskedQuestion } from './asked.ts'

const SEED = 2301
const CHANNELS = pickFrom([
  { code: 'wechat', weight: 46 },
  { code: 'web', weight: 31 },
  { code: 'app', weight: 23 },
])
/** How often somebody answers again, otherwise. */
const CHANGED = 0.03

/** Something that is told at its time. */
export interface Due<Event> {
  at: number
  event: Event
}

/** All answers to a poll in order of time. The whole of it follows from the poll and when it opened. */
export function answersOf(poll: AskedPoll, opensAt: number): Due<PollResponseEvent>[] {
  return Array.from({ length: poll.people }, (_, number) => {
    const random = randomFrom(seedOf(SEED, poll.code.length, number))
    const at = opensAt + whenOf(random, poll.open)
    const first = answerOf(poll, random, { number, at, version: 1 })
    if (random() > CHANGED) return [first]
    const again = at + (opensAt + poll.open * DAY - at) * random()
    return [first, answerOf(poll, random, { number, at: Math.floor(again), version: 2 })]
  })
    .flat()
    .sort((a, b) => a.at - b.at)
}

interface Told {
  number: number
  at: number
  version: number
}

function answerOf(
  poll: AskedPoll,
  random: Random,
  { number, at, version }: Told,
): Due<PollResponseEvent> {
  const age = pickFrom(poll.ages)(randomFrom(seedOf(SEED, number, poll.people))).id
  const answers = poll.questions.map((question) => [question.id, choicesOf(question, age, random)])
  const event: PollResponseEvent = {
    ...{ type: 'poll-response', poll: poll.code, person: `${poll.code}-p${number}`, version },
    ...{ answeredAt: at, answers: Object.fromEntries(answers) as Record<string, string[]> },
    ...{ channel: CHANNELS(random).code, area: null, groups: random() < 0.9 ? { age } : {} },
  }
  return { at, event }
}

function choicesOf({ most, choices }: AskedQuestion, age: string, random: Random): string[] {
  const weighted = choices.map(({ id, weight, lean }) => ({
    id,
    weight: weight * (lean?.[age] ?? 1),
  }))
  if (most === 1) return [pickFrom(weighted)(random).id]
  const chosen = new Set<string>()
  const many = 1 + Math.floor(most * random())
  while (chosen.size < many) chosen.add(pickFrom(weighted)(random).id)
  return [...chosen]
}

/** All votes on the statements in order of time. */
export function votesOn(asked: AskedAgreement, opensAt: number): Due<VoteEvent>[] {
  return Array.from({ length: asked.people }, (_, number) => {
    const random = randomFrom(seedOf(SEED, asked.people, number))
    const camp = Math.floor(3 * random() ** 1.2)
    const conviction = 0.6 + 0.5 * random()
    const at = opensAt + whenOf(random, asked.open)
    return asked.statements.flatMap(({ stands, day = 0 }, statement) => {
      const votedAt = Math.floor(at + statement * 7000 + 3000 * random())
      if (random() < 0.25 || votedAt < opensAt + day * DAY) return []
      return [
        {
          at: votedAt,
          event: {
            ...({ type: 'vote', poll: asked.code, statement: String(statement + 1) } as const),
            ...{ person: `${asked.code}-p${number}`, version: 1, votedAt },
            vote: standOf(stands[camp]! * conviction, random),
          },
        },
      ]
    })
  })
    .flat()
    .sort((a, b) => a.at - b.at)
}

/** From −1, almost surely against it, to 1. */
function standOf(stand: number, random: Random): Stand {
  const passing = 0.06 + 0.2 * (1 - Math.min(1, Math.abs(stand)))
  if (random() < passing) return 'pass'
  return random() < (1 + Math.max(-1, Math.min(1, stand))) / 2 ? 'agree' : 'disagree'
}

/** Milliseconds after the opening: more at the beginning, few at night, and none in the last hour. */
function whenOf(random: Random, days: number): number {
  const day = (days - 0.1) * random() ** 1.25
  const hour = 24 * (day % 1)
  const ofDay = hour < 6 ? hour + 6 + 11 * random() : hour
  return Math.min(Math.floor(day) * DAY + Math.floor(ofDay * HOUR), days * DAY - HOUR)
}
