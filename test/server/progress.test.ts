import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { describePace, duration } from '../../../server/import/pace.ts'
import { showProgress } from '../../../server/import/progress.ts'

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

test('where there is no terminal, plain lines come now and then', async () => {
  const written: string[] = []
  const progress = showProgress('may.csv', { write: (text) => written.push(text) })

  progress.show(0.1, () => 'soon')
  expect(written).toEqual([])

  await delay(2050)
  progress.show(0.5, () => '100 rows')
  progress.show(0.6, () => '120 rows')
  progress.end()
  expect(written).toEqual(['may.csv 50%  100 rows\n'])
})
