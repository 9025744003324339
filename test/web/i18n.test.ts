import { expect, test } from 'vitest'
import {
  duration,
  durationText,
  lag,
  signed,
  signedDuration,
  signedPoints,
} from '../../web/i18n/format.ts'
import { t, tParts } from '../../web/i18n/t.ts'
import { createTimes } from '../../web/i18n/times.ts'

test('fills values in, numbers by the locale, and chooses the plural', () => {
  expect(t('tile.overdue', { n: 1342 })).toBe('1,342 overdue')
  expect(t('lede.tickets', { n: 1 })).toBe('1 ticket')
  expect(t('lede.tickets', { n: 2914 })).toBe('2,914 tickets')
})

test('marks the values of a sentence', () => {
  expect(tParts('lede.open', { open: '9,486', overdue: '1,342' }).filter((p) => p.isValue)).toEqual(
    [
      { text: '9,486', isValue: true },
      { text: '1,342', isValue: true },
    ],
  )
})

test.each([
  [0.4, '0 s'],
  [42, '42 s'],
  [2280, '38 min'],
  [3595, '1 h 00 min'],
  [3960, '1 h 06 min'],
  [86_399, '1.0 d'],
  [829_440, '9.6 d'],
  [248_564_160, '2,877 d'],
])('%d seconds are %s', (seconds, text) => {
  expect(durationText(seconds).replaceAll('\u00a0', ' ')).toBe(text)
})

test('a duration keeps value and unit apart', () => {
  expect(duration(3960)).toEqual([
    { value: '1', unit: 'h' },
    { value: '06', unit: 'min' },
  ])
})

test('signs are true signs', () => {
  expect(signed(-112)).toBe('−112')
  expect(signed(0)).toBe('0')
  expect(signedPoints(-0.021)).toBe('−2.1 points')
  expect(signedDuration(-10_800)).toBe('−3\u00a0h 00\u00a0min')
  expect(lag(400)).toBe('0.4\u00a0s')
})

test("times are the deployment's, whatever the reader's", () => {
  const times = createTimes('Asia/Kolkata')
  const at = Date.UTC(2026, 10, 19, 9, 8, 7)

  expect(times.clock(at)).toBe('14:38:07')
  expect(times.date(at)).toBe('Thursday 19 November 2026')
  expect(times.weekday(at)).toBe('Thu 19 Nov')
  expect(times.since(at, at + 86_400_000)).toBe('19 Nov 14:38')
})
