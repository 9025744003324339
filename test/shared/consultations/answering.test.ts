import { expect, test } from 'vitest'
import { answeringOf } from '../../../shared/consultations/answering.ts'
import { DAY } from '../../../shared/time.ts'

const term = { closesAt: 100 * DAY, answerBy: 120 * DAY, now: 130 * DAY }
const reply = (verdict: 'accepted' | 'partly' | 'not', day: number) => ({
  verdict,
  firstAt: day * DAY,
})

test('rates are ratios of sums, and what is late stays late', () => {
  const all = [
    { comments: 60, reply: reply('accepted', 90) },
    { comments: 30, reply: reply('not', 125) },
    { comments: 10, reply: undefined },
    { comments: 0, reply: reply('partly', 110) },
    { comments: 0, reply: undefined },
  ]
  expect(answeringOf(all, term)).toEqual({
    answerRate: { value: 0.9, hits: 90, n: 100 },
    adoptionOfAnswered: { value: 2 / 3, hits: 2, n: 3 },
    adoptionOfAll: { value: 0.5, hits: 2, n: 4 },
    timeToAnswer: { p50: 10 * DAY, p90: 25 * DAY, n: 3 },
    late: 2,
    unanswered: 1,
  })
})

test('of nothing there is no rate and no time', () => {
  const { answerRate, adoptionOfAll, timeToAnswer, late } = answeringOf(
    [{ comments: 0, reply: undefined }],
    term,
  )
  expect([answerRate.value, adoptionOfAll.value, timeToAnswer.p50, late]).toEqual([
    null,
    null,
    null,
    0,
  ])
})
