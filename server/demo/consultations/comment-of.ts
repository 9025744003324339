import type { WithholdReason } from '#shared/consultations/comment.ts'
import type { CommentEvent } from '#shared/consultations/events.ts'
import { DAY, HOUR } from '#shared/time.ts'
import { pickFrom, type Random, randomFrom, seedOf } from '../random.ts'
import { oneOf, ownWords, type Words } from './own-words.ts'
import type { Subject } from './subject.ts'

/** The comments of a subject in order of time, each by its number. */
export interface Plan {
  subject: Subject
  opensAt: number
  /** When each comes. */
  times: Float64Array
}

const SEED = 2207
const [WITHHELD, ORGANISED, ON_PAPER] = [0.038, 0.012, 0.03]
/** Comments a person. */
const A_PERSON = 1.5

/** The whole of it follows from the subject and when it opened. */
export function planOf(subject: Subject, opensAt: number): Plan {
  const random = randomFrom(seedOf(SEED, subject.code.length, subject.comments))
  const { open, comments, letter } = subject
  const own = Array.from({ length: comments }, () => whenOf(random, 0, open))
  const sent = Array.from({ length: letter?.comments ?? 0 }, () =>
    whenOf(random, letter!.day, open),
  )
  return { subject, opensAt, times: Float64Array.from([...own, ...sent]).sort() }
}

/** Milliseconds after the opening: more at the beginning, few at night. */
function whenOf(random: Random, from: number, to: number): number {
  const day = from + (to - from) * random() ** 1.3
  const hour = 24 * (day % 1)
  const ofDay = hour < 6 ? hour + 12 * random() + 6 : hour
  return Math.floor(day) * DAY + Math.floor(ofDay * HOUR)
}

/** The `number`th comment. */
export function commentOf({ subject, opensAt, times }: Plan, number: number): CommentEvent {
  const random = randomFrom(seedOf(SEED, subject.code.length, number))
  const at = times[number]!
  const { letter } = subject
  const isLetter = letter !== undefined && at >= letter.day * DAY && random() < 0.75
  const said = isLetter ? letterOf(random, letter) : ownWords(random, subject)
  const isWithheld = random() < WITHHELD
  return {
    type: 'comment',
    id: `${subject.code}-${String(number + 1).padStart(6, '0')}`,
    version: 1,
    consultation: subject.code,
    draft: 1,
    receivedAt: opensAt + at,
    area: null,
    channel: 'web',
    person: `${subject.code}-p${Math.floor((random() * times.length) / A_PERSON)}`,
    speaker: speakerOf(random),
    status: isWithheld ? 'withheld' : 'published',
    reason: isWithheld ? pickReason(random).reason : null,
    ...said,
  }
}

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
