import type { Measure } from './measure.ts'
import { askedPart, assertedOfAskedPart, confirmedPart } from './survey.ts'
import { texts } from './text.ts'

/** What agencies claimed of so many, in whole percents as it is published; null of none. */
export const claimedShare = (asserted: number | null, n: number | null): number | null =>
  asserted === null || !n ? null : Math.round((100 * asserted) / n) / 100

export const resolutionGap: Measure = {
  id: 'resolutionGap',
  version: 2,
  clock: 'flow',
  countedAt: 'survey.at',
  judge: 'both',
  isSurvey: true,
  text: texts({
    en: {
      name: 'Resolution gap',
      sentence:
        'By how many points agencies call more resolved than citizens do, among the same citizens: those who answered. The agency’s word is that of its last close before the citizen was asked. Below zero, citizens call more resolved than agencies. It is computed from counts and told in tenths of a point; published shares beside it are each rounded to whole percent, so that subtracting them may give up to a point more or less.',
      counted: 'in the minute in which the citizen was asked',
      fields: {
        value: 'difference of the two shares in points',
        asserted: 'closed as resolved, of those who answered',
        confirmed: 'confirmed as resolved, of those who answered',
        n: 'citizens who answered that question',
      },
    },
    zh: {
      name: '解决率差距',
      sentence:
        '在同一批作答市民中，部门认定的解决率高出市民确认的解决率多少个百分点。部门认定以回访前最后一次办结的结论为准。负数表示市民认为解决的更多。差距由计数算出，精确到 0.1 个百分点；旁边公布的两个占比各自取整到 1%，直接相减可能相差不超过 1 个百分点。',
      counted: '按市民接受回访的时刻计入',
      fields: {
        value: '两个占比相差的百分点',
        asserted: '作答市民中，部门认定已解决的',
        confirmed: '作答市民中，市民确认已解决的',
        n: '回答该问题的市民',
      },
    },
  }),
  formula: 'asserted ÷ n − confirmed ÷ n = value',
  parts: [assertedOfAskedPart, confirmedPart, askedPart],
  fields: [
    { name: 'value', unit: 'points' },
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
