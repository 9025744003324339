import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BINS, binEnd, binOf, quantile } from '#shared/measures/duration-bins.ts'

const YEAR = 365.25 * 86_400

test('bins reach from a second to 20 years, each 4 % wider than the one before', () => {
  expect(binOf(0)).toBe(0)
  expect(binOf(1000)).toBe(0)
  expect(binOf(1001)).toBe(1)
  expect(binEnd(BINS - 1)).toBeCloseTo(20 * YEAR, 0)
  expect(binOf(100 * YEAR * 1000)).toBe(BINS - 1)
  expect(binEnd(101) / binEnd(100)).toBeCloseTo(1.04, 2)
})

test('a percentile from bins is within one bin of the exact one', () => {
  const durations = fc.array(fc.double({ min: 1.01, max: 19 * YEAR, noNaN: true }), {
    minLength: 1,
    maxLength: 300,
  })
  fc.assert(
    fc.property(durations, fc.constantFrom(0.5, 0.9, 0.99), (seconds, q) => {
      const counts = new Map<number, number>()
      for (const one of seconds)
        counts.set(binOf(one * 1000), (counts.get(binOf(one * 1000)) ?? 0) + 1)
      const found = quantile(
        [...counts].sort(([a], [b]) => a - b),
        q,
      )!
      const exact = seconds.toSorted((a, b) => a - b)[Math.ceil(q * seconds.length) - 1]!

      expect(Math.abs(Math.log(found / exact))).toBeLessThanOrEqual(Math.log(binEnd(1)) + 1e-9)
    }),
  )
})

test('of nothing there is no percentile', () => {
  expect(quantile([], 0.5)).toBeNull()
})
