import type { Measure } from './measure.ts'
import { askedPart, assertedOfAskedPart, confirmedPart } from './survey.ts'

export const resolutionGap: Measure = {
  id: 'resolutionGap',
  version: 2,
  clock: 'flow',
  countedAt: 'survey.at',
  judge: 'both',
  isSurvey: true,
  formula:
    '(closed as resolved when asked − confirmed as resolved) ÷ citizens who answered: one population',
  parts: [assertedOfAskedPart, confirmedPart, askedPart],
  fields: [
    { name: 'value', unit: 'share' },
    { name: 'asserted', unit: 'tickets' },
    { name: 'confirmed', unit: 'tickets' },
    { name: 'n', unit: 'tickets' },
  ],
  compute(sums) {
    const asserted = sums.sum(assertedOfAskedPart)
    const confirmed = sums.sum(confirmedPart)
    const n = sums.sum(askedPart)
    return [n > 0 ? (asserted - confirmed) / n : null, asserted, confirmed, n]
  },
}
