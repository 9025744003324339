import { expect, test } from 'vitest'
import { timeToClose } from '#shared/measures/time-to-close.ts'
import type { ViewState } from '#shared/view.ts'
import { fieldReader, intervalOf, madeOf, workedText } from '../../web/board/card-content.ts'
import { defined } from '../../web/board/defined.ts'
import { placeCard } from '../../web/board/place-card.ts'
import { cellText } from '../../web/i18n/format.ts'
import { textOf } from '../../web/i18n/measure-text.ts'

const view: ViewState = {
  id: 'area',
  columns: ['area', 'onTimeRate', 'onTimeRate.numerator', 'onTimeRate.n'].map((id) => ({ id })),
  rows: [
    ['North', 0.75, 3, 4],
    ['South', null, 0, 0],
  ],
  totals: [null, 0.777_358, 412, 530],
}
const about = (key?: string) => ({
  measure: 'onTimeRate' as const,
  view: 'area',
  ...(key !== undefined && { row: { key, name: key } }),
})
const worked = (key?: string) => workedText(defined.onTimeRate, fieldReader(view, about(key)))

test('puts the numbers of the totals, or of one row, into the formula', () => {
  expect(worked()).toBe('412 ÷ 530 = 77.7%')
  expect(worked('North')).toBe('3 ÷ 4 = 75.0%')
})

test('I7: without a denominator the card says no data, and has no interval', () => {
  expect(worked('South')).toBe('0 ÷ 0 = no data')
  expect(intervalOf(fieldReader(view, about('South')))).toBeUndefined()
  expect(worked('a row that is gone')).toBe('no data ÷ no data = no data')
  expect(intervalOf(fieldReader(view, about()))).toEqual({ low: '74.0%', high: '81.1%' })
})

test('says of every field how much and what it is', () => {
  expect(madeOf(defined.onTimeRate, fieldReader(view, about()))).toEqual([
    { field: 'value', value: '77.7%', words: 'share closed by the due date' },
    { field: 'numerator', value: '412', words: 'closed for good by the due date' },
    { field: 'n', value: '530', words: 'all that fell due in the window' },
  ])
})

test('writes a number by its unit', () => {
  expect(cellText(0.171, 'points')).toBe('+17.1 points')
  expect(cellText(3960, 'seconds').replaceAll('\u00a0', ' ')).toBe('1 h 06 min')
  expect(cellText(1204, 'tickets')).toBe('1,204')
})

test.each([
  ['en-GB', 'Time to close'],
  ['zh-CN', '办结时长'],
  ['zh', '办结时长'],
  ['ar', 'Time to close'],
])('a page in %s calls it %s', (language, name) => {
  expect(textOf(timeToClose, language).name).toBe(name)
})

const window = { width: 1440, height: 900, scrollX: 0, scrollY: 200, isRtl: false }
const size = { width: 600, height: 400 }

test('a card stands under its label, and above it where only there is room', () => {
  const label = (top: number, left = 500) => ({ top, bottom: top + 24, left, right: left + 90 })

  expect(placeCard(label(100), size, window)).toEqual({ top: 332, left: 484 })
  expect(placeCard(label(700), size, window)).toEqual({ top: 492, left: 484 })
  expect(placeCard(label(400), { ...size, height: 600 }, window).top).toBe(632)
  expect(placeCard(label(100, 1300), size, window).left).toBe(824)
  expect(placeCard(label(100, 0), size, window).left).toBe(16)
  const mirrored = { ...window, isRtl: true }
  expect(placeCard(label(100, 900), size, mirrored).left).toBe(406)
  expect(placeCard(label(100), size, mirrored).left).toBe(16)
})
