import { rate } from './measure.ts'
import { askedPart, confirmedPart } from './survey.ts'

export const resolutionConfirmed = rate(confirmedPart, askedPart, {
  id: 'resolutionConfirmed',
  version: 1,
  clock: 'flow',
  countedAt: 'survey.at',
  judge: 'citizen',
  isSurvey: true,
  formula: 'citizens who said it was resolved ÷ citizens who answered that question',
})
