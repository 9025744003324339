import { rate } from './measure.ts'
import { askedPart, confirmedPart } from './survey.ts'
import { texts } from './text.ts'

export const resolutionConfirmed = rate(confirmedPart, askedPart, {
  id: 'resolutionConfirmed',
  version: 1,
  clock: 'flow',
  countedAt: 'survey.at',
  judge: 'citizen',
  isSurvey: true,
  text: texts({
    en: {
      name: 'Resolved, citizens say',
      sentence:
        'Of the citizens who answered the question, the share who say that the matter is resolved. Only those who were reached and answered are in it: read it beside the survey coverage and beside what agencies say.',
      counted: 'in the minute in which the citizen was asked',
      fields: {
        value: 'share who say it is resolved',
        numerator: 'citizens who say it is resolved',
        n: 'citizens who answered that question',
      },
    },
    zh: {
      name: '诉求解决率（市民确认）',
      sentence:
        '回访中回答“是否解决”的市民里，表示已解决的占比。只包含联系上并作答的市民，应与回访覆盖率和部门认定的解决率并列阅读。',
      counted: '按市民接受回访的时刻计入',
      fields: { value: '市民确认解决的占比', numerator: '表示已解决的市民', n: '回答该问题的市民' },
    },
  }),
})
