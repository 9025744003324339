import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BINS, binEnd, binOf, type Histogram, quantile } from '#shared/measures/duration-bins.ts'

const YEAR = 365.25 * 86_400

test('bins reach from a second to 20 years, each 2.8 % wider than the one before', () => {
  expect(binOf(0)).toBe(0)
  expect(binOf(1000)).toBe(0)
  expect(binOf(1001)).toBe(1)
  expect(binEnd(BINS - 2)).toBeLessThan(20 * YEAR)
  expect(binEnd(BINS - 1)).toBeGreaterThan(20 * YEAR)
  expect(binOf(100 * YEAR * 1000)).toBe(BINS - 1)
  expect(binEnd(101) / binEnd(100)).toBeCloseTo(1.028, 3)
})

const histogramOf = (seconds: readonly number[]): Histogram =>
  [...Map.groupBy(seconds, (one) => binOf(one * 1000))]
    .map(([bin, all]) => [bin, all.length] as const)
    .sort(([a], [b]) => a - b)

test('a percentile from bins is off by 1.4 % at most, however the durations are spread', () => {
  const durations = fc.array(
    fc.oneof(
      fc.double({ min: 1.01, max: 20 * YEAR, noNaN: true }),
      fc.integer({ min: 0, max: 500 }).map((place) => 1.0001 * binEnd(place)),
      fc.integer({ min: 1, max: 500 }).map((place) => binEnd(place)),
    ),
    { minLength: 1, maxLength: 300 },
  )
  fc.assert(
    fc.property(durations, fc.constantFrom(0.5, 0.9, 0.99), (seconds, q) => {
      const found = quantile(histogramOf(seconds), q)!
      const exact = seconds.toSorted((a, b) => a - b)[Math.ceil(q * seconds.length) - 1]!

      expect(Math.abs(found / exact - 1)).toBeLessThanOrEqual(0.0141)
    }),
  )
})

test('a day reads as a day', () => {
  expect(quantile(histogramOf([86_400]), 0.5)).toBeCloseTo(86_400, 6)
})

test('of nothing there is no percentile', () => {
  expect(quantile([], 0.5)).toBeNull()
})
