import { expect, test } from 'vitest'
import { defaultPolicy, Policy } from '#shared/policy.ts'
import { deadlinesOf } from '../../../server/suggestions/deadlines.ts'

const at = Date.parse('2026-11-20T15:00:00Z')
const iso = (policy: Policy) =>
  Object.values(deadlinesOf(at, policy)).map((time) => new Date(time).toISOString())

test('a city that said nothing reviews within 5 weekdays and decides within 20', () => {
  expect(iso(defaultPolicy)).toEqual(['2026-11-28T00:00:00.000Z', '2026-12-19T00:00:00.000Z'])
})

test('a city’s own days, hours and holidays count, in its time zone', () => {
  const policy = Policy.parse({
    ...defaultPolicy,
    timeZone: 'America/New_York',
    suggestionDays: { review: 1, decision: 4 },
    workingCalendar: {
      week: {
        monday: ['08:00-16:00'],
        tuesday: ['08:00-16:00'],
        wednesday: ['08:00-16:00'],
        thursday: ['08:00-16:00'],
        friday: ['08:00-12:00'],
      },
      holidays: ['2026-11-26'],
    },
  })
  expect(iso(policy)).toEqual(['2026-11-23T21:00:00.000Z', '2026-11-27T17:00:00.000Z'])
})

test('a policy that decides before it reviews is refused', () => {
  const read = Policy.safeParse({ ...defaultPolicy, suggestionDays: { review: 5, decision: 4 } })
  expect(read.error?.issues[0]?.path).toEqual(['suggestionDays', 'decision'])
})
