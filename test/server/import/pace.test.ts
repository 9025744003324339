import { expect, test } from 'vitest'
import { describePace, duration } from '../../../server/import/pace.ts'

test('says rows, rows a second and the time left', () => {
  expect(describePace(12_000, { done: 0.25, elapsed: 3000 })).toBe(
    '12,000 rows  4,000 rows/s  9 s left',
  )
  expect(describePace(0, { done: 0, elapsed: 0 })).toBe('0 rows  0 rows/s')
})

test.each([
  [900, '1 s'],
  [185_000, '3 min 5 s'],
  [7_800_000, '2 h 10 min'],
])('%i ms are %s', (milliseconds, text) => {
  expect(duration(milliseconds)).toBe(text)
})
