import type { WithholdReason } from '#shared/consultations/comment.ts'
import type { CommentEvent } from '#shared/consultations/events.ts'
import { DAY, HOUR } from '#shared/time.ts'
import { pickFrom, type Random, randomFrom, seedOf } from '../random.ts'
import type { Subject, Topic } from './subject.ts'

/** The comments of a subject in order of time, each by its number. */
export interface Plan {
  subject: Subject
  opensAt: number
  /** When each comes. */
  times: Float64Array
}

const SEED = 2207
const [WITHHELD, IN_CHINESE, ORGANISED, ON_PAPER, PROPOSING] = [0.038, 0.45, 0.012, 0.03, 0.5]
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

type Words = Pick<CommentEvent, 'provision' | 'stance' | 'text' | 'proposal' | 'language'>

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

const openings = {
  en: {
    support: ['I am glad of', 'We have waited for', 'Please keep', 'I support'],
    oppose: ['I do not want', 'Nobody asked us about', 'Think again about', 'I am against'],
    amend: [
      'Please say more clearly',
      'There should be exceptions to',
      'I would write differently',
    ],
  },
  zh: {
    support: ['我支持', '我们一直盼着', '请保留', '我很高兴看到'],
    oppose: ['我不同意', '没有人问过我们', '请重新考虑', '我反对'],
    amend: ['请写得更清楚：', '应当有例外：', '我建议换一种写法：'],
  },
}

const reasons = {
  en: [
    'it changes how we get to work.',
    'we have lived here for thirty years.',
    'children sleep behind these windows.',
    'the shops on our street depend on it.',
    'nobody measured it where we live.',
    'other cities have tried it.',
  ],
  zh: [
    '这关系到我们上下班。',
    '我们在这里住了三十年。',
    '窗后睡着孩子。',
    '街上的店铺都靠它。',
    '没有人在我们住的地方测量过。',
    '别的城市试过。',
  ],
}

const proposals = { en: 'Add: “unless safety requires otherwise”.', zh: '增加：“除安全所必需外”。' }

function ownWords(random: Random, { topics }: Subject): Words {
  const topic = pickFrom<Topic>(topics)(random)
  const { stance } = pickFrom(topic.stances)(random)
  const language = random() < IN_CHINESE ? 'zh' : 'en'
  const opening = oneOf(random, openings[language][stance])
  const reason = oneOf(random, reasons[language])
  const about = topic.about[language]
  const text =
    language === 'en' ? `${opening} ${about}: ${reason}` : `${opening}${about}，${reason}`
  const isProposing = stance === 'amend' && random() < PROPOSING
  return {
    provision: topic.provision === '' ? null : topic.provision,
    stance,
    text,
    proposal: isProposing ? proposals[language] : null,
    language,
  }
}

const oneOf = (random: Random, texts: readonly string[]): string =>
  texts[Math.floor(random() * texts.length)]!
