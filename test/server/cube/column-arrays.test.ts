import { expect, test } from 'vitest'
import { lowerBound, lowerBoundFrom } from '../../../server/cube/column-arrays.ts'

test('a stretch ends where it does, however far the search has to step', () => {
  const minutes = Int32Array.from({ length: 1000 }, (_, row) => Math.floor(row / 3))
  for (let minute = -1; minute < 340; minute++) {
    for (const from of [0, 1, 500, 999, 1000]) {
      expect(lowerBoundFrom(minutes, minute, [from, 1000])).toBe(
        lowerBound(minutes, minute, [from, 1000]),
      )
    }
  }
})
