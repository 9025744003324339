import {
  type Comment,
  type CommentGroup,
  type Participation,
  type Speaker,
  type Stance,
} from '../consultations/comment.ts'
import { minuteOf } from '../time.ts'
import { type Measure, type Unit } from './measure.ts'
import type { Add, Part } from './part.ts'
import { type Text, texts } from './text.ts'

const flow = (code: number, id: string): Part => ({ code, id, kind: 'flow' })

const receivedPart = flow(40, 'commentsReceived')
const publishedPart = flow(41, 'commentsPublished')
const withheldPart = flow(42, 'commentsWithheld')
const stanceParts: Record<Stance, Part> = {
  support: flow(43, 'commentsSupport'),
  oppose: flow(44, 'commentsOppose'),
  amend: flow(45, 'commentsAmend'),
}
const peopleParts: Record<Speaker, Part> = {
  person: flow(46, 'people'),
  organisation: flow(47, 'organisations'),
  paper: flow(48, 'paperWriters'),
}
const peopleOfProvisionPart = flow(49, 'peopleOfProvision')
const distinctPart = flow(50, 'commentsDistinct')

/** Everything one stored comment contributes: a pure function of its row. */
export function contributeComment(comment: Comment, add: Add): void {
  if (comment.isPublished === null) return
  const minute = minuteOf(comment.receivedAt)
  add(receivedPart, minute, 1, 0)
  if (!comment.isPublished) return add(withheldPart, minute, 1, 0)
  add(publishedPart, minute, 1, 0)
  if (comment.stance !== null) add(stanceParts[comment.stance], minute, 1, 0)
}

/** Counted at its first published comment: once for the consultation, once for each provision. */
export function contributeParticipation(
  { provision, speaker, firstAt }: Participation,
  add: Add,
): void {
  if (firstAt === null) return
  const part = provision === 0 ? peopleParts[speaker] : peopleOfProvisionPart
  add(part, minuteOf(firstAt), 1, 0)
}

const nothingLeftOut = {
  en: 'Nothing is left out: withheld comments are counted as withheld.',
  zh: '不排除任何意见：未予公布的意见计入未予公布的数目。',
}

/** Counted as one, at its first published comment. */
export function contributeGroup({ firstAt }: CommentGroup, add: Add): void {
  if (firstAt !== null) add(distinctPart, minuteOf(firstAt), 1, 0)
}

type Words = Omit<Text, 'leftOut' | 'fields'> & { value: string; leftOut?: string }

interface Counted {
  id: string
  unit: Unit
  part: Part
  countedAt?: string
  text: Record<'en' | 'zh', Words>
}

/** A page is brought English alone: of another language nothing may be asked here. */
const said = (leftOut: string, words: Words | undefined) => ({
  leftOut,
  ...words!,
  fields: { value: words?.value ?? '' },
})

function counted({
  id,
  unit,
  part,
  countedAt = 'comment.receivedAt',
  text: { en, zh },
}: Counted): Measure {
  return {
    id,
    version: 1,
    clock: 'flow',
    countedAt,
    judge: 'clock',
    of: 'comments',
    parts: [part],
    fields: [{ name: 'value', unit }],
    formula: 'value',
    compute: (sums) => [sums.sum(part)],
    text: texts({
      en: said(nothingLeftOut.en, en),
      zh: said(nothingLeftOut.zh, zh),
    }),
  }
}

const atReceipt = {
  en: 'in the minute in which the comment was received',
  zh: '按收到意见的时刻计入',
}

export const commentsReceived = counted({
  id: 'commentsReceived',
  unit: 'comments',
  part: receivedPart,
  text: {
    en: {
      name: 'Comments received',
      sentence:
        'All comments that came in on drafts open for opinion: those published and those withheld.',
      counted: atReceipt.en,
      value: 'comments received',
    },
    zh: {
      name: '收到意见',
      sentence: '对公开征求意见的草案收到的全部意见，包括已公布和未予公布的。',
      counted: atReceipt.zh,
      value: '收到的意见数',
    },
  },
})

export const commentsPublished = counted({
  id: 'commentsPublished',
  unit: 'comments',
  part: publishedPart,
  text: {
    en: {
      name: 'Comments published',
      sentence:
        'Comments that everybody can read. One whose moderation changes is counted anew, at the time it came in.',
      counted: atReceipt.en,
      leftOut: 'Withheld comments are left out; they are counted beside.',
      value: 'comments published',
    },
    zh: {
      name: '公布意见',
      sentence: '任何人都可阅读的意见。审核结果变更的意见，按其收到的时刻重新计入。',
      counted: atReceipt.zh,
      leftOut: '未予公布的意见不计入，另行计数。',
      value: '公布的意见数',
    },
  },
})

export const commentsWithheld = counted({
  id: 'commentsWithheld',
  unit: 'comments',
  part: withheldPart,
  text: {
    en: {
      name: 'Comments withheld',
      sentence:
        'Comments that are not shown, for a reason from a published list. They are counted, and never vanish.',
      counted: atReceipt.en,
      leftOut: 'Published comments are left out; they are counted beside.',
      value: 'comments withheld',
    },
    zh: {
      name: '未予公布意见',
      sentence: '依公开的事由清单不予展示的意见。这些意见照常计数，不会消失。',
      counted: atReceipt.zh,
      leftOut: '已公布的意见不计入，另行计数。',
      value: '未予公布的意见数',
    },
  },
})

export const commentsDistinct = counted({
  id: 'commentsDistinct',
  unit: 'comments',
  part: distinctPart,
  countedAt: 'first published comment of those that are nearly the same',
  text: {
    en: {
      name: 'Comments distinct',
      sentence:
        'Published comments, those that are nearly the same counted once: texts that share four fifths of all runs of 5 characters, or of 3 in Chinese, Japanese and Korean. A letter sent a thousand times is one here and a thousand among the published; none is removed or counts for less.',
      counted: 'at the first of those that are nearly the same, and on the provision it is about',
      leftOut: 'Withheld comments are left out. Texts are compared seconds after they came in.',
      value: 'comments published that are not nearly the same as an earlier one',
    },
    zh: {
      name: '相异意见',
      sentence:
        '已公布的意见中，内容几乎相同的只计一次：两份文字如有五分之四的连续五字符片段（中、日、韩文为三字符）相同，即属几乎相同。同一封信寄来一千次，此处计一，公布意见中计一千；任何一份都不删除，也不减轻分量。',
      counted: '按几乎相同的意见中最早一条的时刻，并按其所针对的条款计入',
      leftOut: '未予公布的意见不计入。文字在收到数秒后进行比较。',
      value: '不与更早的意见几乎相同的已公布意见数',
    },
  },
})

const stated = ['support', 'oppose', 'amend'] as const

export const stance: Measure = {
  id: 'stance',
  version: 1,
  clock: 'flow',
  countedAt: 'comment.receivedAt',
  judge: 'citizen',
  of: 'comments',
  parts: stated.map((one) => stanceParts[one]),
  fields: [
    { name: 'value', unit: 'share' },
    { name: 'support', unit: 'comments' },
    { name: 'n', unit: 'comments' },
    { name: 'oppose', unit: 'comments' },
    { name: 'amend', unit: 'comments' },
  ],
  formula: 'support ÷ n, oppose, amend: value',
  compute(sums) {
    const [support, oppose, amend] = stated.map((one) => sums.sum(stanceParts[one])) as [
      number,
      number,
      number,
    ]
    const n = support + oppose + amend
    return [n > 0 ? support / n : null, support, n, oppose, amend]
  },
  text: texts({
    en: {
      name: 'Stance',
      sentence:
        'Of the published comments that say what they want, those that support, oppose or want to amend what they are about. A letter sent many times is counted as often as it came: read it beside who wrote.',
      counted: atReceipt.en,
      leftOut: 'Withheld comments, and those that state no stance, are left out.',
      fields: {
        value: 'share that supports',
        support: 'published comments in support',
        n: 'published comments that state a stance',
        oppose: 'published comments against',
        amend: 'published comments that want it amended',
      },
    },
    zh: {
      name: '态度',
      sentence:
        '表明态度的已公布意见中，支持、反对或者主张修改的数目。同一封信寄来多少次就计多少次，应与参与人数并列阅读。',
      counted: atReceipt.zh,
      leftOut: '未予公布的意见和没有表明态度的意见不计入。',
      fields: {
        value: '支持的占比',
        support: '表示支持的已公布意见',
        n: '表明态度的已公布意见',
        oppose: '表示反对的已公布意见',
        amend: '主张修改的已公布意见',
      },
    },
  }),
}

const atFirst = {
  en: 'at the first published comment',
  zh: '按首条获公布意见的时刻计入',
}

const [person, organisation, paper] = [
  peopleParts.person,
  peopleParts.organisation,
  peopleParts.paper,
]

export const people: Measure = {
  id: 'people',
  version: 1,
  clock: 'flow',
  countedAt: 'first published comment',
  judge: 'clock',
  of: 'comments',
  parts: [person, organisation, paper],
  fields: [
    { name: 'value', unit: 'people' },
    { name: 'organisations', unit: 'people' },
    { name: 'paper', unit: 'people' },
  ],
  formula: 'value, organisations, paper',
  compute: (sums) => [sums.sum(person), sums.sum(organisation), sums.sum(paper)],
  text: texts({
    en: {
      name: 'People',
      sentence:
        'Participations: all comments of one person in one consultation are one. Who comments on two consultations is counted in both; organisations and letters on paper are counted apart.',
      counted: atFirst.en,
      leftOut: 'Who has written nothing but withheld comments is left out.',
      fields: {
        value: 'persons who took part',
        organisations: 'organisations that took part',
        paper: 'who wrote on paper',
      },
    },
    zh: {
      name: '参与人数',
      sentence:
        '按参与计：同一人在同一次征求意见中的全部意见计为一次。参与两次征求意见的，两边都计；单位和纸质来信另计。',
      counted: atFirst.zh,
      leftOut: '全部意见均未予公布的人不计入。',
      fields: { value: '参与的个人', organisations: '参与的单位', paper: '以纸质来信参与的' },
    },
  }),
}

export const peopleOfProvision = counted({
  id: 'peopleOfProvision',
  unit: 'people',
  part: peopleOfProvisionPart,
  text: {
    en: {
      name: 'People by provision',
      sentence:
        'Persons, organisations and writers on paper who commented on a provision, each once for it. They do not add up: who comments on two provisions is counted at both.',
      counted: atFirst.en,
      leftOut: 'Who has written nothing but withheld comments on it is left out.',
      value: 'who commented on the provision',
    },
    zh: {
      name: '各条参与人数',
      sentence:
        '就某一条款提出意见的个人、单位和纸质来信者，每条各计一次。各条之间不能相加：就两条提出意见的，两条都计。',
      counted: atFirst.zh,
      leftOut: '就该条的意见全部未予公布的不计入。',
      value: '就该条提出意见者',
    },
  },
})
