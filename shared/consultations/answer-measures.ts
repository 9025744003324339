import type { Definition, Field } from '../measures/measure.ts'
import { texts } from '../measures/text.ts'
import type { At } from '../view.ts'
import type { Answering } from './answering.ts'
import type { Concentration } from './concentration.ts'

/** What the figures of one consultation are made of. */
export interface Figured {
  answering: Answering
  concentration: Concentration
}

/**
 * A measure of one consultation as a whole, made of what was answered and of who took part: no sum of
 * contributions, so no view has it. All else of it is as of any other measure.
 */
export interface AnswerMeasure extends Omit<Definition, 'isSurvey' | 'of'> {
  readonly isOfOne: true
  readonly fields: readonly Field[]
  readonly formula: string
  /** One value per field; null where there is no denominator (I7). */
  compute(figured: Figured): (number | null)[]
}

export const answerMeasureIds = ['answerRate', 'timeToAnswer', 'adoption', 'concentration'] as const
export type AnswerMeasureId = (typeof answerMeasureIds)[number]

const common = { version: 1, clock: 'stock', countedAt: 'reply.firstAt', isOfOne: true } as const

const stands = {
  en: 'with the last answer to each provision',
  zh: '以每处最近的答复为准',
}

const nothingLeftOut = {
  en: 'Withheld comments are left out: there is nothing to answer that nobody can read.',
  zh: '未予公布的意见不计入：无人可读的内容无从答复。',
}

export const answerMeasures: readonly AnswerMeasure[] = [
  {
    ...common,
    id: 'answerRate',
    judge: 'agency',
    fields: [
      { name: 'value', unit: 'share' },
      { name: 'numerator', unit: 'comments' },
      { name: 'n', unit: 'comments' },
    ],
    formula: 'numerator ÷ n = value',
    compute: ({ answering: { answerRate } }) => [answerRate.value, answerRate.hits, answerRate.n],
    text: texts({
      en: {
        name: 'Answer rate of drafts',
        sentence:
          'Of the published comments on a draft, those on provisions that officials have answered. An answer to an article holds for its clauses; that it satisfied anybody is not said.',
        counted: stands.en,
        leftOut: nothingLeftOut.en,
        fields: {
          value: 'share of comments on what was answered',
          numerator: 'published comments on provisions that were answered',
          n: 'published comments',
        },
      },
      zh: {
        name: '草案答复率',
        sentence:
          '对一部草案已公布的意见中，所涉条款已获答复的占比。对一条的答复适用于其各款；并不表示答复令人满意。',
        counted: stands.zh,
        leftOut: nothingLeftOut.zh,
        fields: {
          value: '所涉内容已获答复的意见占比',
          numerator: '所涉条款已获答复的已公布意见',
          n: '已公布意见',
        },
      },
    }),
  },
  {
    ...common,
    id: 'timeToAnswer',
    version: 2,
    clock: 'flow',
    judge: 'clock',
    fields: [
      { name: 'p50', unit: 'seconds' },
      { name: 'p90', unit: 'seconds' },
      { name: 'n', unit: 'provisions' },
      { name: 'late', unit: 'provisions' },
    ],
    formula: 'p50 · p90 (n), late',
    compute({ answering: { timeToAnswer, late } }) {
      const { p50, p90, n } = timeToAnswer
      return [p50 === null ? null : p50 / 1000, p90 === null ? null : p90 / 1000, n, late]
    },
    text: texts({
      en: {
        name: 'Time to answer drafts',
        sentence:
          'From the closing of a consultation to the first answer to each provision on which something was said, and to each letter that was answered itself; an answer that came before closing took no time. A letter is comments that are nearly the same. Answering again changes nothing.',
        counted: 'at the first answer to each provision or letter',
        leftOut:
          'What is not answered has no time; past its deadline it counts as late. Provisions on which nothing was said are left out.',
        fields: {
          p50: 'half of the answers came within this time',
          p90: 'nine in ten came within this time',
          n: 'provisions and letters answered',
          late: 'provisions and letters answered after the deadline, or not yet though it has passed',
        },
      },
      zh: {
        name: '草案答复用时',
        sentence:
          '从征求意见截止，到有意见的每一处条款、以及单独获得答复的每一种来信首次获得答复的时间；截止前已答复的，用时为零。来信是指几乎相同的意见。再次答复不改变用时。',
        counted: '按每一处条款或每一种来信首次答复的时刻计',
        leftOut: '未答复的没有用时；超过期限的计为逾期。没有意见的条款不计入。',
        fields: {
          p50: '半数答复在此时间内作出',
          p90: '九成答复在此时间内作出',
          n: '已答复的条款和来信',
          late: '逾期答复，或逾期仍未答复的条款和来信',
        },
      },
    }),
  },
  {
    ...common,
    id: 'adoption',
    version: 2,
    judge: 'agency',
    fields: [
      { name: 'value', unit: 'share' },
      { name: 'adopted', unit: 'provisions' },
      { name: 'answered', unit: 'provisions' },
      { name: 'ofAll', unit: 'share' },
      { name: 'all', unit: 'provisions' },
    ],
    formula: 'adopted ÷ answered = value; adopted ÷ all = ofAll',
    compute({ answering: { adoptionOfAnswered: answered, adoptionOfAll: all } }) {
      return [answered.value, answered.hits, answered.n, all.value, all.n]
    },
    text: texts({
      en: {
        name: 'Adoption',
        sentence:
          'Provisions and letters for which officials say that what was said was accepted, wholly or in part: of those answered, and of all to be answered. An answer to an article holds for each of its clauses on which something was said. A letter is comments that are nearly the same; it counts by itself where it is answered itself, or neither it nor its provision is. It is their word; the report shows beside it what the draft said before and says now.',
        counted: 'with the last answer to each provision and letter',
        leftOut: 'Provisions on which nothing was said are left out, answered or not.',
        fields: {
          value: 'share accepted of what was answered',
          adopted: 'provisions and letters accepted, wholly or in part',
          answered: 'provisions and letters answered',
          ofAll: 'share accepted of all that is to be answered',
          all: 'provisions and letters to be answered',
        },
      },
      zh: {
        name: '采纳率',
        sentence:
          '主管部门表示采纳或部分采纳公众意见的条款和来信：分别占已答复的和应答复的全部的比例。对一条的答复适用于其有意见的各款。来信是指几乎相同的意见；单独获得答复，或它与所针对的条款均未获答复时，单独计数。这是主管部门自己的说法；报告中并列草案的原文与现文。',
        counted: '以每处条款和每种来信最近的答复为准',
        leftOut: '没有意见的条款，无论是否答复，均不计入。',
        fields: {
          value: '采纳的占已答复的比例',
          adopted: '采纳或部分采纳的条款和来信',
          answered: '已答复的条款和来信',
          ofAll: '采纳的占应答复的比例',
          all: '应答复的条款和来信',
        },
      },
    }),
  },
  {
    ...common,
    id: 'concentration',
    countedAt: 'comment.receivedAt',
    judge: 'clock',
    fields: [
      { name: 'value', unit: 'share' },
      { name: 'ofTop', unit: 'comments' },
      { name: 'n', unit: 'comments' },
      { name: 'top', unit: 'people' },
      { name: 'people', unit: 'people' },
    ],
    formula: 'ofTop ÷ n = value (top, people)',
    compute: ({ concentration: { ofTop, comments, top, people } }) => [
      comments > 0 ? ofTop / comments : null,
      ofTop,
      comments,
      top,
      people,
    ],
    text: texts({
      en: {
        name: 'Concentration',
        sentence:
          'The share of published comments that the tenth of those who wrote most has written, whole people and one at least. Were all alike it would be a tenth; many letters of one person raise it, one letter of many people does not.',
        counted: 'counting all published comments of each person, organisation or sender on paper',
        leftOut: 'Who has written nothing but withheld comments is left out.',
        fields: {
          value: 'share of comments by the tenth who wrote most',
          ofTop: 'published comments by the tenth who wrote most',
          n: 'published comments',
          top: 'how many that tenth are',
          people: 'all who wrote',
        },
      },
      zh: {
        name: '集中度',
        sentence:
          '发表意见最多的十分之一参与者（取整，至少一人）所写意见占已公布意见的比例。若人人相同，则为十分之一；一人写多封会使其升高，多人寄同一封不会。',
        counted: '按每个人、每个单位或纸质来信者的全部已公布意见计',
        leftOut: '全部意见均未予公布的人不计入。',
        fields: {
          value: '最多的十分之一参与者所写意见占比',
          ofTop: '最多的十分之一参与者所写的已公布意见',
          n: '已公布意见',
          top: '这十分之一的人数',
          people: '全部参与者',
        },
      },
    }),
  },
]

export const answerMeasure = (id: AnswerMeasureId): AnswerMeasure =>
  answerMeasures.find((one) => one.id === id)!

/** `GET /api/v1/consultations/CODE/figures`: of each measure its fields by name, as they were counted then. */
export interface ToldFigures {
  at: At
  /** ISO text, by the deployment's clock. */
  asOf: string
  figures: Readonly<Record<string, Readonly<Record<string, number | null>>>>
}

export function toldFigures(figured: Figured): ToldFigures['figures'] {
  const figures = answerMeasures.map(({ id, fields, compute }) => {
    const cells = compute(figured)
    return [id, Object.fromEntries(fields.map(({ name }, at) => [name, cells[at]!]))] as const
  })
  return Object.fromEntries(figures)
}
