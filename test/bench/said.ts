import { type CommentEvent, CommentEvent as Schema } from '#shared/consultations/events.ts'
import { HOUR } from '#shared/time.ts'
import { type Random, randomFrom, seedOf } from '../../server/demo/random.ts'

/** Comments a person, and the share of them that is one letter with an ending. */
const [A_PERSON, LETTERS] = [2.9, 0.3]
const WORDS = 40_000

const letter =
  'The last boat home is not a luxury. Nurses, bakers and dock crews finish after midnight. Half an hour earlier means an hour’s walk round the bay, in the rain, past the cranes, with children asleep on one’s back.'

/** The `number`th comment: 250 characters, of which people who write by themselves share few. */
export function saidAt(number: number, now: number): CommentEvent {
  const random = randomFrom(seedOf(31, number))
  const isLetter = random() < LETTERS
  const text = isLetter ? `${letter} ${wordsOf(random, 3, WORDS)}.` : ownWords(random)
  return Schema.parse({
    type: 'comment',
    id: `SAID-${String(number).padStart(9, '0')}`,
    version: 1,
    consultation: 'bench',
    provision: random() < 0.2 ? null : String(1 + Math.floor(40 * random() ** 2)),
    receivedAt: new Date(now - Math.floor(random() * 700) * HOUR).toISOString(),
    stance: random() < 0.4 ? 'oppose' : 'support',
    text,
    language: 'en',
    channel: 'web',
    person: `p${Math.floor((random() * number) / A_PERSON)}`,
    ...(random() < 0.04 && { status: 'withheld', reason: 'abuse' }),
  })
}

/** Half in words of which some are common, half in Chinese characters. */
function ownWords(random: Random): string {
  if (random() < 0.5) return `The ferry ${wordsOf(random, 38, WORDS)}`
  const characters = Array.from({ length: 90 }, () => 0x4e00 + Math.floor(2500 * random() ** 2))
  return `渡轮${String.fromCodePoint(...characters)}`
}

/** Words of four to six letters, the first of them said most often. */
function wordsOf(random: Random, count: number, known: number): string {
  return Array.from({ length: count }, () => wordAt(Math.floor(known * random() ** 3))).join(' ')
}

export const wordAt = (number: number): string =>
  (Math.imul(number + 1, 0x9e3779b1) >>> 0)
    .toString(26)
    .replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)]!)
