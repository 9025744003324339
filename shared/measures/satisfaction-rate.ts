import { rate } from './measure.ts'
import { ratedPart, satisfiedPart } from './survey.ts'
import { texts } from './text.ts'

export const satisfactionRate = rate(satisfiedPart, ratedPart, {
  id: 'satisfactionRate',
  version: 1,
  clock: 'flow',
  countedAt: 'survey.at',
  judge: 'citizen',
  isSurvey: true,
  text: texts({
    en: {
      name: 'Satisfaction',
      sentence:
        'Of the citizens who gave a rating, the share who are satisfied: 4 or 5 of 5, unless the policy in force says otherwise. Only those who were reached and answered are in it: read it beside the survey coverage.',
      counted: 'in the minute in which the citizen was asked',
      fields: {
        value: 'share who are satisfied',
        numerator: 'ratings that count as satisfied',
        n: 'valid ratings',
      },
    },
    zh: {
      name: '满意率',
      sentence:
        '回访中作出评分的市民里，评价满意的占比：五分制中的 4 分和 5 分，现行政策另有规定的除外。只包含联系上并评分的市民，应与回访覆盖率并列阅读。',
      counted: '按市民接受回访的时刻计入',
      fields: { value: '评价满意的占比', numerator: '评价满意的评分', n: '有效评分' },
    },
  }),
})
