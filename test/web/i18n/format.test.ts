import { afterEach, expect, test } from 'vitest'
import { Amount } from '../../../web/i18n/amount.ts'
import {
  cellText,
  duration,
  durationText,
  lag,
  percent,
  percentValue,
  points,
  signed,
  signedDuration,
  signedPercent,
  signedPoints,
  signedPointsValue,
  signedWholePercent,
  signedWholePoints,
  wholePercent,
} from '../../../web/i18n/format.ts'
import { speak } from '../../../web/i18n/language.svelte.ts'
import { t, tParts } from '../../../web/i18n/t.ts'
import { createTimes } from '../../../web/i18n/times.ts'

afterEach(() => speak('en'))

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

test('marks a number too, written by the locale, and leaves none out', () => {
  expect(tParts('lede.open', { open: 9486, overdue: 0 })).toEqual([
    { text: '9,486', isValue: true },
    { text: ' are open now; ', isValue: false },
    { text: '0', isValue: true },
    { text: ' of them are overdue.', isValue: false },
  ])
})

test('a message is never said without its values', () => {
  expect(() => t('tile.overdue')).toThrow('n')
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

test.each([
  [0, '0.0', '0.0%', '0', '0.0', '0%', '0.0%', '0 points', '0.0 points'],
  [0.784, '78.4', '78.4%', '78', '+78.4', '+78%', '+78.4%', '+78 points', '78.4 points'],
  [-0.0212, '−2.1', '−2.1%', '−2', '−2.1', '−2%', '−2.1%', '−2 points', '−2.1 points'],
  [0.01, '1.0', '1.0%', '1', '+1.0', '+1%', '+1.0%', '+1 point', '1.0 points'],
  [
    12.5,
    '1,250.0',
    '1,250.0%',
    '1,250',
    '+1,250.0',
    '+1,250%',
    '+1,250.0%',
    '+1,250 points',
    '1,250.0 points',
  ],
])('a share of %d is written in each way, the unit beside it or with it', (share, ...said) => {
  const ways = [
    ...[percentValue, percent, wholePercent, signedPointsValue],
    ...[signedWholePercent, signedPercent, signedWholePoints, points],
  ]
  expect(ways.map((write) => write(share))).toEqual(said)
})

test('what is nothing when it is written has no sign', () => {
  const ways = [signed, signedWholePercent, signedPointsValue, signedPercent]
  expect(ways.map((write) => write(-0.0001))).toEqual(['0', '0%', '0.0', '0.0%'])
})

test.each([
  ['en-GB', 1234.5, '1,234.5'],
  ['zh-CN', 0, '0'],
  ['de-DE', 1234, '1.234'],
  ['en-GB', '1,234 tickets', '1,234 tickets'],
] as const)(
  'in %s the amount %j is written %s, and still counts as what it is',
  (locale, value, text) => {
    const amount = new Amount(value, locale)
    expect(amount.text).toBe(text)
    expect(amount.valueOf()).toBe(value)
    expect(`${amount}`).toBe(String(value))
  },
)

test("times are the deployment's, whatever the reader's", () => {
  const times = createTimes('Asia/Kolkata')
  const at = Date.UTC(2026, 10, 19, 9, 8, 7)

  expect(times.clock(at)).toBe('14:38:07')
  expect(times.minute(at)).toBe('14:38')
  expect(times.isoDate(at)).toBe('2026-11-19')
  expect(times.yearDay(at)).toBe('19 Nov 2026')
  expect(times.dayMinute(at)).toBe('19 Nov 14:38')
  expect(times.date(at)).toBe('Thursday 19 November 2026')
  expect(times.weekday(at)).toBe('Thu 19 Nov')
  expect(times.weekdayMinute(at)).toBe('Thu 14:38')
  expect(times.moment(at)).toBe('19 Nov 2026, 14:38')
  expect(times.since(at, at + 86_400_000)).toBe('19 Nov 14:38')
})

test('numbers, durations and changes in Chinese', async () => {
  await speak('zh')

  expect(t('lede.tickets', { n: 2914 })).toBe('2,914')
  expect(t('sources.heard', { heard: 1, count: 5 })).toBe('5 个来源中 1 个在线')
  expect(percent(0.784)).toBe('78.4%')
  expect(durationText(3960).replaceAll('\u00a0', ' ')).toBe('1 小时 06 分钟')
  expect(duration(829_440)).toEqual([{ value: '9.6', unit: '天' }])
  expect(signedDuration(-42)).toBe('−42\u00a0秒')
  expect(signedPoints(-0.021)).toBe('−2.1 个百分点')
  expect(signed(-112)).toBe('−112')
  expect([wholePercent(0.784), percentValue(0.784)]).toEqual(['78', '78.4'])
  expect([signedWholePercent(0.784), signedPointsValue(-0.021)]).toEqual(['+78%', '−2.1'])
  expect(lag(400)).toBe('0.4\u00a0秒')
  expect(cellText(null, 'share')).toBe('无数据')
})

test('times in Chinese', async () => {
  await speak('zh')
  const times = createTimes('Asia/Shanghai')
  const at = Date.UTC(2026, 10, 19, 6, 38, 7)

  expect(times.clock(at)).toBe('14:38:07')
  expect(times.clock(Date.UTC(2026, 10, 18, 16))).toBe('00:00:00')
  expect(times.date(at)).toBe('2026年11月19日 星期四')
  expect(times.day(at)).toBe('11月19日')
  expect(times.weekday(at)).toBe('11月19日 周四')
  expect(times.weekdayMinute(at)).toBe('周四 14:38')
  expect(times.moment(at)).toBe('2026年11月19日 14:38')
  expect(times.since(at, at + 86_400_000)).toBe('11月19日 14:38')
  expect(times.since(at, at + 1000)).toBe('14:38:07')
})
