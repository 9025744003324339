import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Row } from '#shared/view.ts'
import { ownRates, rateMovers } from '../../../web/work/own-rates.ts'

type Counts = readonly (readonly [code: string, hits: number, n: number])[]

/** On-time rates by category, as the server answers them. */
function viewOf(counts: Counts) {
  const columns = ['category', 'onTimeRate', 'onTimeRate.numerator', 'onTimeRate.n']
  const row = (key: string | null, hits: number, n: number): Row => [
    key,
    n === 0 ? null : hits / n,
    hits,
    n,
  ]
  const sum = (of: 1 | 2) => counts.reduce((all, one) => all + one[of], 0)
  return {
    columns: columns.map((id) => ({ id })),
    rows: counts.map((one) => row(...one)),
    totals: row(null, sum(1), sum(2)),
  }
}

const rates = (now: Counts, before: Counts, { city = 0.8, minN = 30 } = {}) =>
  ownRates({ now: viewOf(now), before: viewOf(before), cityOf: () => city, minN })[1]!

const counted = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(90), fc.nat(90)), {
    selector: ([code]) => code,
    minLength: 1,
  })
  .map((all): Counts => all.map(([code, hits, misses]) => [code, hits, hits + misses + 1]))

test('what categories add to a rate’s change adds up to the change, but for what is not told', () => {
  fc.assert(
    fc.property(counted, counted, (now, before) => {
      const { value, was } = rates(now, before)
      const movers = rateMovers('onTimeRate', viewOf(now), viewOf(before))
      const told = movers.reduce((sum, { by }) => sum + by, 0)
      const untold =
        0.005 * (new Set([...now, ...before].map(([code]) => code)).size - movers.length)
      expect(Math.abs(value! - was! - told)).toBeLessThanOrEqual(untold + 1e-9)
    }),
  )
})

test('the category that drew a rate down is named, also where it is only seen more often', () => {
  const before: Counts = [
    ['lamps', 90, 100],
    ['potholes', 30, 100],
  ]
  const worse = rates(
    [
      ['lamps', 60, 100],
      ['potholes', 30, 100],
    ],
    before,
  )
  expect(worse.movers).toEqual([{ code: 'lamps', by: expect.closeTo(-0.15) }])
  const more = rates(
    [
      ['lamps', 90, 100],
      ['potholes', 90, 300],
    ],
    before,
  )
  expect(more.movers[0]).toEqual({ code: 'potholes', by: expect.closeTo(-0.075) })
})

test('of few nothing is said to have moved, and of nothing there is no rate', () => {
  expect(rates([['lamps', 1, 20]], [['lamps', 18, 20]])).toMatchObject({
    movers: [],
    standing: 'few',
  })
  expect(rates([], [])).toMatchObject({ value: null, was: null, movers: [] })
})

test('a rate stands above or below the city only where its interval says so', () => {
  const standing = (hits: number, n: number) => rates([['lamps', hits, n]], []).standing
  expect([standing(95, 100), standing(82, 100), standing(60, 100), standing(5, 10)]).toEqual([
    'above',
    'alike',
    'below',
    'few',
  ])
})
