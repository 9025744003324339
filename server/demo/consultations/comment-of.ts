import type { WithholdReason } from '#shared/consultations/comment.ts'
import type { CommentEvent } from '#shared/consultations/events.ts'
import { DAY } from '#shared/time.ts'
import { areas } from '../areas.ts'
import { momentsOf } from '../moments.ts'
import { pickFrom, type Random, randomFrom, seedOf } from '../random.ts'
import { knownAfter, type Round, roundSeed } from '../rounds.ts'
import { oneOf, ownWords, type Words } from './own-words.ts'
import type { Subject } from './subject.ts'

/** The comments of a round in order of time, each by its number. */
export interface Plan {
  subject: Subject
  round: Round
  /** When each comes. */
  times: Float64Array
}

const SEED = 2207
const [WITHHELD, ORGANISED, ON_PAPER, LETTERS, FROM_AN_AREA] = [0.038, 0.012, 0.03, 0.75, 0.85]
/** Comments a person. */
const A_PERSON = 1.5

/** The whole of it follows from the subject and when the round opened. */
export function planOf(subject: Subject, round: Round): Plan {
  const { code, open, every } = subject
  const random = randomFrom(seedOf(SEED, code.length, every, ...roundSeed(round)))
  const coming = { opensAt: round.opensAt, open, known: knownAfter(subject, round), every }
  return { subject, round, times: momentsOf(random, coming) }
}

/** The `number`th comment. */
export function commentOf({ subject, round, times }: Plan, number: number): CommentEvent {
  const random = randomFrom(seedOf(SEED, subject.code.length, number, ...roundSeed(round)))
  const { code, opensAt } = round
  const at = times[number]!
  const { letter } = subject
  const isLetter = letter && at >= opensAt + letter.day * DAY && random() < LETTERS
  const said = isLetter ? letterOf(random, letter) : ownWords(random, subject)
  const isWithheld = random() < WITHHELD
  return {
    type: 'comment',
    id: `${code}-${String(number + 1).padStart(6, '0')}`,
    version: 1,
    consultation: code,
    draft: 1,
    receivedAt: at,
    area: random() < FROM_AN_AREA ? pickArea(random).code : null,
    channel: pickChannel(random).code,
    person: `${code}-p${Math.floor((random() * times.length) / A_PERSON)}`,
    speaker: speakerOf(random),
    status: isWithheld ? 'withheld' : 'published',
    reason: isWithheld ? pickReason(random).reason : null,
    ...said,
  }
}

const pickArea = pickFrom(areas)
const pickChannel = pickFrom([
  { code: 'web', weight: 58 },
  { code: 'wechat', weight: 31 },
  { code: 'counter', weight: 11 },
])

const pickReason = pickFrom<{ reason: WithholdReason; weight: number }>([
  { reason: 'abuse', weight: 4 },
  { reason: 'personal-data', weight: 3 },
  { reason: 'off-topic', weight: 2 },
  { reason: 'advertising', weight: 1 },
])

function speakerOf(random: Random): CommentEvent['speaker'] {
  const chance = random()
  if (chance < ORGANISED) return 'organisation'
  return chance < ORGANISED + ON_PAPER ? 'paper' : 'person'
}

const endings = {
  en: ['', '', ' I work there.', ' Please think of us.', ' My mother does too.', ' Thank you.'],
  zh: ['', '', '我就在那里上班。', '请替我们想想。', '我母亲也是。', '谢谢。'],
}

/** The same words, sometimes with a sentence of one's own. */
function letterOf(random: Random, { texts, provision }: NonNullable<Subject['letter']>): Words {
  const language = random() < 0.2 ? 'zh' : 'en'
  const text = texts[language] + oneOf(random, endings[language])
  return { provision, stance: 'oppose', text, proposal: null, language }
}
