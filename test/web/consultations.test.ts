import { expect, test } from 'vitest'
import { distinctText } from '../../web/consultations/distinct-text.ts'
import { learn } from '../../web/i18n/language.svelte.ts'
import { createTimes } from '../../web/i18n/times.ts'

test('while comments are compared it is said up to when, and no 0 stands for none', async () => {
  await learn(['consultation'])
  const times = createTimes('UTC')
  const upTo = Date.parse('2026-03-02T09:00:05Z')
  const text = (distinct: number, waiting?: number, isWithin = false) =>
    distinctText('rules', (name) => (name === 'commentsDistinct' ? distinct : 1200), {
      times,
      isWithin,
      uncompared: { upTo, comments: { other: 7, ...(waiting && { rules: waiting }) } },
    })
  expect(text(0, 1200)).toEqual({
    value: 'counting',
    foot: 'counted up to 09:00:05: 0 of 1,200 compared with the others',
  })
  expect(text(310, 800)).toEqual({
    value: '310 so far',
    foot: 'counted up to 09:00:05: 400 of 1,200 compared with the others',
  })
  expect(text(310, 800, true).foot).toBe('counted up to 09:00:05')
  // Too many wait to say how many, or of which.
  expect(
    distinctText('rules', () => 700, {
      ...{ times, isWithin: false },
      uncompared: { upTo, comments: { other: 7 }, isMore: true },
    }),
  ).toEqual({ value: '700 so far', foot: 'counted up to 09:00:05' })
  // That of another consultation says nothing of this one.
  expect(text(700)).toEqual({
    value: '700',
    foot: '500 are nearly the same as an earlier one',
  })
})
