import type { PollAnswer, StatementVote } from '../polls/answer.ts'
import { minuteOf } from '../time.ts'
import type { Measure } from './measure.ts'
import type { Add, Part } from './part.ts'
import { texts } from './text.ts'

const flow = (code: number, id: string): Part => ({ code, id, kind: 'flow' })

const respondentsPart = flow(56, 'respondents')
const offeredPart = flow(57, 'choiceOffered')
const chosenPart = flow(58, 'choiceChosen')
const agreePart = flow(59, 'statementAgree')
const passPart = flow(60, 'statementPass')
const disagreePart = flow(61, 'statementDisagree')

/** Receives what is counted, and of which choice or statement; 0 is the poll itself. */
export type AddOf = (item: number) => Add

/** Everything one stored answer contributes. One that was taken back answers no question, and counts nowhere. */
export function contributeAnswer(answer: PollAnswer, addOf: AddOf): void {
  if (answer.offered.length === 0) return
  addOf(0)(respondentsPart, minuteOf(answer.answeredAt), 1, 0)
  const minute = minuteOf(answer.countsAt)
  for (const choice of answer.offered) addOf(choice)(offeredPart, minute, 1, 0)
  for (const choice of answer.chosen) addOf(choice)(chosenPart, minute, 1, 0)
}

/** Everything one stored vote contributes. */
export function contributeVote({ statement, countsAt, vote }: StatementVote, addOf: AddOf): void {
  const part = [disagreePart, passPart, agreePart][vote + 1]!
  addOf(statement)(part, minuteOf(countsAt), 1, 0)
}

const common = {
  en: {
    counted: 'in the minute of the answer, or when the poll closes if it is sealed until then',
    leftOut: 'Nothing is left out. Of each person the last answer before closing counts.',
  },
  zh: {
    counted: '按作答的时刻计入；结果封存至截止的，按截止时刻计入',
    leftOut: '不排除任何作答。每人以截止前最后一次作答为准。',
  },
}

export const respondents: Measure = {
  id: 'respondents',
  version: 1,
  clock: 'flow',
  countedAt: 'answer.answeredAt',
  judge: 'citizen',
  of: 'answers',
  parts: [respondentsPart],
  fields: [{ name: 'value', unit: 'people' }],
  formula: 'value',
  compute: (sums) => [sums.sum(respondentsPart)],
  text: texts({
    en: {
      ...common.en,
      name: 'Respondents',
      sentence: 'People who answered a poll, each once. Who answers two polls is counted in both.',
      counted: 'in the minute of the answer that stands',
      fields: { value: 'people who answered' },
    },
    zh: {
      ...common.zh,
      name: '作答人数',
      sentence: '对一项投票作答的人，每人计一次。参加两项投票的，两边都计。',
      counted: '按现行作答的时刻计入',
      fields: { value: '作答的人' },
    },
  }),
}

export const choice: Measure = {
  id: 'choice',
  version: 1,
  clock: 'flow',
  countedAt: 'answer.answeredAt',
  judge: 'citizen',
  of: 'answers',
  parts: [chosenPart, offeredPart],
  fields: [
    { name: 'value', unit: 'share' },
    { name: 'chosen', unit: 'people' },
    { name: 'n', unit: 'people' },
  ],
  formula: 'chosen ÷ n = value',
  compute(sums) {
    const [chosen, n] = [sums.sum(chosenPart), sums.sum(offeredPart)]
    return [n > 0 ? chosen / n : null, chosen, n]
  },
  text: texts({
    en: {
      ...common.en,
      name: 'Choice',
      sentence:
        'Of the people who answered a question, the share who chose this. Where several may be chosen, shares may add up to more than 100 %. Who answers decides to: they stand for nobody else.',
      fields: {
        value: 'share who chose it',
        chosen: 'people who chose it',
        n: 'people who answered the question',
      },
    },
    zh: {
      ...common.zh,
      name: '选项',
      sentence:
        '回答该问题的人中选择此项的占比。可多选的，各项之和可能超过百分之百。作答出于自愿，不代表未作答的人。',
      fields: { value: '选择此项的占比', chosen: '选择此项的人', n: '回答该问题的人' },
    },
  }),
}

export const agreement: Measure = {
  id: 'agreement',
  version: 1,
  clock: 'flow',
  countedAt: 'vote.votedAt',
  judge: 'citizen',
  of: 'votes',
  parts: [agreePart, passPart, disagreePart],
  fields: [
    { name: 'value', unit: 'share' },
    { name: 'agree', unit: 'people' },
    { name: 'n', unit: 'people' },
    { name: 'disagree', unit: 'people' },
    { name: 'pass', unit: 'people' },
  ],
  formula: 'agree ÷ n, disagree, pass: value',
  compute(sums) {
    const [agree, disagree, pass] = [agreePart, disagreePart, passPart].map((part) =>
      sums.sum(part),
    ) as [number, number, number]
    const n = agree + disagree + pass
    return [n > 0 ? agree / n : null, agree, n, disagree, pass]
  },
  text: texts({
    en: {
      ...common.en,
      name: 'Agreement',
      sentence: 'Of the people who voted on a statement, the share who agree with it.',
      fields: {
        value: 'share who agree',
        agree: 'people who agree',
        n: 'people who voted',
        disagree: 'people who disagree',
        pass: 'people who passed',
      },
    },
    zh: {
      ...common.zh,
      name: '赞同率',
      sentence: '就某一陈述表态的人中表示赞同的占比。',
      fields: {
        value: '赞同的占比',
        agree: '赞同的人',
        n: '表态的人',
        disagree: '反对的人',
        pass: '略过的人',
      },
    },
  }),
}
