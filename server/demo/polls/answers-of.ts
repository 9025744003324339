import type { PollResponseEvent } from '#shared/polls/events.ts'
import { pickFrom, type Random, randomFrom, seedOf } from '../random.ts'
import { type Round, roundSeed } from '../rounds.ts'
import type { AskedGroup, AskedPoll, AskedQuestion } from './asked.ts'

const SEED = 2301
const pickChannel = pickFrom([
  { code: 'wechat', weight: 46 },
  { code: 'web', weight: 31 },
  { code: 'app', weight: 23 },
])
/** How often somebody answers again, and how many say of themselves what they are asked. */
const [AGAIN, SAYING] = [0.03, 0.9]

interface Plan {
  asked: AskedPoll
  round: Round
  /** When each answer comes. */
  times: Float64Array
}

/** The `number`th answer: of somebody new, or of one who thinks otherwise now. */
export function answerOf({ asked, round, times }: Plan, number: number): PollResponseEvent {
  const random = randomFrom(seedOf(SEED, asked.code.length, number, ...roundSeed(round)))
  const isAgain = number > 0 && random() < AGAIN
  const person = isAgain ? Math.floor(number * random()) : number
  const groups = saidBy(asked, person)
  const answers = asked.questions.map((one) => [one.id, choicesOf(one, groups, random)] as const)
  return {
    ...{ type: 'poll-response', poll: round.code, person: `${round.code}-p${person}` },
    ...{ version: number + 1, answeredAt: times[number]!, answers: Object.fromEntries(answers) },
    ...{ channel: pickChannel(random).code, area: null, groups: Object.fromEntries(groups) },
  }
}

type Said = ReadonlyMap<string, string>

/** The same whenever they answer. */
function saidBy({ code, groups }: AskedPoll, person: number): Said {
  const random = randomFrom(seedOf(SEED, code.length, person, groups.length))
  const valueOf = ({ id, values }: AskedGroup): [string, string] => [
    id,
    pickFrom(values)(random).id,
  ]
  return new Map(groups.map(valueOf).filter(() => random() < SAYING))
}

function choicesOf({ most, choices }: AskedQuestion, said: Said, random: Random): string[] {
  const values = [...said.values()]
  const pick = pickFrom(
    choices.map(({ id, weight, lean = {} }) => ({
      id,
      weight: values.reduce((product, value) => product * (lean[value] ?? 1), weight),
    })),
  )
  const many = 1 + Math.floor(most * random())
  const chosen = new Set<string>()
  while (chosen.size < Math.min(many, most)) chosen.add(pick(random).id)
  return [...chosen]
}
