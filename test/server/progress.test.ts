import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { showProgress } from '../../server/progress.ts'

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
