import { rate } from './measure.ts'
import { ratedPart, satisfiedPart } from './survey.ts'

export const satisfactionRate = rate(satisfiedPart, ratedPart, {
  id: 'satisfactionRate',
  version: 1,
  clock: 'flow',
  countedAt: 'survey.at',
  judge: 'citizen',
  isSurvey: true,
  formula: 'ratings that count as satisfied ÷ valid ratings',
})
