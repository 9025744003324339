import { expect, test } from 'vitest'
import { answerMeasures, toldFigures } from '../../../shared/consultations/answer-measures.ts'
import { answeringOf } from '../../../shared/consultations/answering.ts'
import { concentrationOf } from '../../../shared/consultations/concentration.ts'
import { isCount } from '../../../shared/measures/measure.ts'
import { languages } from '../../../shared/measures/text.ts'
import { DAY } from '../../../shared/time.ts'

const term = { closesAt: 100 * DAY, answerBy: 120 * DAY, now: 130 * DAY }
const reply = (verdict: 'accepted' | 'partly' | 'not', day: number) => ({
  verdict,
  firstAt: day * DAY,
})

test('rates are ratios of sums, and what is late stays late', () => {
  const provisions = [
    { comments: 60, reply: reply('accepted', 90) },
    { comments: 30, reply: reply('not', 125) },
    { comments: 10, inGroups: 4, reply: undefined },
    { comments: 0, reply: undefined },
  ]
  const letters = [reply('partly', 110)]
  const wanted = {
    answerRate: { value: 0.94, hits: 94, n: 100 },
    adoptionOfAnswered: { value: 2 / 3, hits: 2, n: 3 },
    adoptionOfAll: { value: 2 / 6, hits: 2, n: 6 },
    timeToAnswer: { p50: 10 * DAY, p90: 25 * DAY, n: 3 },
    late: 4,
    unanswered: 1,
  }
  expect(answeringOf({ provisions, letters, openLetters: 2 }, term)).toEqual(wanted)
  // What is answered though nobody said anything on it is no success.
  const silent = [...provisions, { comments: 0, reply: reply('accepted', 90) }]
  expect(answeringOf({ provisions: silent, letters, openLetters: 2 }, term)).toEqual(wanted)
})

test('of nothing there is no rate and no time', () => {
  const { answerRate, adoptionOfAll, timeToAnswer, late } = answeringOf(
    { provisions: [{ comments: 0, reply: undefined }], letters: [], openLetters: 0 },
    term,
  )
  expect([answerRate.value, adoptionOfAll.value, timeToAnswer.p50, late]).toEqual([
    null,
    null,
    null,
    0,
  ])
})

test.each([
  ['nobody', [], { people: 0, comments: 0, top: 0, ofTop: 0 }],
  ['one', [[3, 1]], { people: 1, comments: 3, top: 1, ofTop: 3 }],
  ['all alike', [[2, 100]], { people: 100, comments: 200, top: 10, ofTop: 20 }],
  [
    'one of many letters',
    [
      [1, 19],
      [81, 1],
    ],
    { people: 20, comments: 100, top: 2, ofTop: 82 },
  ],
] as const)('the tenth who wrote most of %s', (_, histogram, wanted) => {
  const writers = histogram.map(([comments, people]) => ({ comments, people }))
  expect(concentrationOf(writers)).toEqual(wanted)
})

const figured = (comments: number, said = 1) => ({
  answering: answeringOf(
    {
      provisions: [{ comments, reply: comments ? reply('partly', 110) : undefined }],
      ...{ letters: [], openLetters: 0 },
    },
    term,
  ),
  concentration: concentrationOf([{ comments: said, people: comments }]),
})

test.each(answerMeasures.map((one) => [one.id, one] as const))(
  'I6, I7: %s says in one place what it is, and of nothing it is nothing',
  (_, { fields, formula, compute, text }) => {
    const names = fields.map(({ name }) => name)
    expect(new Set(formula.match(/\w+/g))).toEqual(new Set(names))
    for (const language of languages) {
      expect(Object.keys(text[language].fields)).toEqual(names)
      expect(text[language].sentence).toMatch(/[.。]$/)
    }
    for (const [place, cell] of compute(figured(0)).entries()) {
      expect(cell).toBe(isCount(fields[place]!.unit) ? 0 : null)
    }
  },
)

test('what they are made of is told by name', () => {
  expect(toldFigures(figured(20, 2))).toEqual({
    answerRate: { value: 1, numerator: 20, n: 20 },
    timeToAnswer: { p50: 864_000, p90: 864_000, n: 1, late: 0 },
    adoption: { value: 1, adopted: 1, answered: 1, ofAll: 1, all: 1 },
    concentration: { value: 0.1, ofTop: 4, n: 40, top: 2, people: 20 },
  })
})
