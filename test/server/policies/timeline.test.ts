import fc from 'fast-check'
import { expect, test } from 'vitest'
import { defaultPolicy, type Policy } from '#shared/policy.ts'
import { HOUR } from '#shared/time.ts'
import { decideBy } from '../../../server/policies/decide.ts'
import type { KeptPolicy } from '../../../server/policies/queries.ts'
import { timelineOf } from '../../../server/policies/timeline.ts'

type Dated = [holdsFrom: number | null, change: Partial<Policy>]

function versionsFrom(...dated: Dated[]): KeptPolicy[] {
  return dated.map(([holdsFrom, change], place) => ({
    version: place + 1,
    policy: { ...defaultPolicy, ...change },
    holdsFrom,
    setAt: 0,
    setBy: 'command',
    rewrittenAt: null,
  }))
}

const within = (hours: number): Partial<Policy> => ({
  respondWithin: { default: hours, byCategory: {} },
})

const received = (receivedAt: number) => ({
  receivedAt,
  statedDueAt: null,
  category: null,
  surveySatisfaction: null,
})

test('the version that holds when a ticket is received decides, whenever it is asked', () => {
  const versions = versionsFrom([null, within(10)], [100, within(20)], [50, within(30)])
  const decide = decideBy(versions)

  expect(decide(received(49))).toMatchObject({ policyVersion: 1, respondBy: 49 + 10 * HOUR })
  expect(decide(received(50))).toMatchObject({ policyVersion: 3, respondBy: 50 + 30 * HOUR })
  expect(decide(received(1000)).policyVersion).toBe(3)
  expect(decideBy(versions.slice(0, 2))(received(1000)).policyVersion).toBe(2)
})

test('before the first version the default decides', () => {
  const decide = decideBy(versionsFrom([100, within(10)]))

  expect(decide(received(99))).toMatchObject({ policyVersion: 0, respondBy: 99 + 24 * HOUR })
  expect(decide(received(100)).policyVersion).toBe(1)
})

test('a version that only opens a dimension decides nothing', () => {
  const versions = versionsFrom([null, within(10)], [100, { ...within(10), opened: ['area'] }])

  expect(timelineOf(versions).map(({ version }) => version)).toEqual([1])
})

test('the same policy with an earlier date decides anew', () => {
  const versions = versionsFrom([null, within(10)], [100, within(20)], [50, within(20)])

  expect(timelineOf(versions).map(({ from, version }) => [from, version])).toEqual([
    [-Infinity, 1],
    [50, 3],
  ])
})

test('a decision is the same as that of the highest version that holds by then', () => {
  const dated = fc.tuple(
    fc.option(fc.integer({ min: 0, max: 20 }), { nil: null }),
    fc.integer({ min: 1, max: 3 }),
  )
  fc.assert(
    fc.property(
      fc.array(dated, { maxLength: 8 }),
      fc.integer({ min: -5, max: 25 }),
      (dates, at) => {
        const versions = versionsFrom(...dates.map(([from, hours]): Dated => [from, within(hours)]))
        const highest = versions.findLast(({ holdsFrom }) => (holdsFrom ?? -Infinity) <= at)
        const hours = highest?.policy.respondWithin.default ?? 24

        expect(decideBy(versions)(received(at)).respondBy).toBe(at + (hours as number) * HOUR)
      },
    ),
  )
})
