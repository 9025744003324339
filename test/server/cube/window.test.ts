import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isoMinute, isoMinutes } from '../../../server/cube/window.ts'

test('minutes that follow each other read as each one alone', () => {
  const minute = fc.integer({ min: -40_000_000, max: 40_000_000 })
  const day = minute.map((at) => at - (at % 1440))
  const steps = fc.array(fc.oneof(fc.constantFrom(-1, 59, 60, 1439, 1440), minute))
  fc.assert(
    fc.property(day, steps, (first, asked) => {
      const textOf = isoMinutes()
      for (const step of [0, ...asked]) {
        expect(textOf(first + step)).toBe(isoMinute(first + step))
      }
    }),
  )
})
