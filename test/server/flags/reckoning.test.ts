import { expect, test } from 'vitest'
import { defaultPolicy, type Policy } from '#shared/policy.ts'
import {
  firstDeadlines,
  reckoningOf,
  settlementDeadline,
  workingDaysSince,
} from '../../../server/flags/reckoning.ts'
import { freshDatabase } from '../../support/database.ts'

const office = ['08:30-12:00', '13:00-17:30']

async function reckoning(at: string, rest: Partial<Policy> = {}) {
  await using database = await freshDatabase()
  const policy: Policy = { ...defaultPolicy, timeZone: 'Asia/Taipei', ...rest }
  const reckoned = await reckoningOf(database.db, { policy, version: 7 })
  expect(Math.abs(reckoned.now - Date.now())).toBeLessThan(5000)
  return { ...reckoned, now: Date.parse(at) }
}

const workingCalendar = {
  week: { monday: office, tuesday: office, wednesday: office, thursday: office, friday: office },
  holidays: ['2026-11-24'],
  extraWorkingDays: [],
}
const iso = (at: number) => new Date(at).toISOString()

test('a flag of Friday evening is due in working days, over a weekend and a holiday', async () => {
  const friday = await reckoning('2026-11-20T20:00:00+08:00', { workingCalendar })
  const deadlines = firstDeadlines(friday, 'high')
  expect(iso(deadlines.acknowledgeBy)).toBe('2026-11-23T09:30:00.000Z')
  expect(iso(deadlines.answerBy)).toBe('2026-11-25T09:30:00.000Z')
  expect(deadlines.policyVersion).toBe(7)
  expect(iso(settlementDeadline(friday, 'normal').settleBy)).toBe('2026-11-30T09:30:00.000Z')
})

test('the day it is opened on is the local one', async () => {
  const before = await reckoning('2026-11-19T23:59:59+08:00', { workingCalendar })
  const after = await reckoning('2026-11-20T00:00:00+08:00', { workingCalendar })
  expect(iso(firstDeadlines(before, 'high').acknowledgeBy)).toBe('2026-11-20T09:30:00.000Z')
  expect(iso(firstDeadlines(after, 'high').acknowledgeBy)).toBe('2026-11-23T09:30:00.000Z')
})

test('a city that has not said when it works works from Monday to Friday', async () => {
  const friday = await reckoning('2026-11-20T20:00:00+08:00')
  expect(iso(firstDeadlines(friday, 'high').answerBy)).toBe('2026-11-24T16:00:00.000Z')
})

test('a city sets its own days', async () => {
  const flagDays = { low: 20, normal: 9, high: 1, acknowledge: 3, word: 5 }
  const friday = await reckoning('2026-11-20T20:00:00+08:00', { workingCalendar, flagDays })
  const deadlines = firstDeadlines(friday, 'high')
  expect(iso(deadlines.answerBy)).toBe('2026-11-23T09:30:00.000Z')
  expect(iso(deadlines.acknowledgeBy)).toBe('2026-11-26T09:30:00.000Z')
})

test('an answer came within as many working days as its deadline would have had to allow', async () => {
  const opened = Date.parse('2026-11-20T20:00:00+08:00')
  for (const [at, days] of [
    ['2026-11-20T20:00:01+08:00', 1],
    ['2026-11-23T17:30:00+08:00', 1],
    ['2026-11-23T17:30:01+08:00', 2],
    ['2026-11-25T17:30:00+08:00', 2],
    ['2026-12-24T12:00:00+08:00', 23],
  ] as const) {
    const reckoned = await reckoning(at, { workingCalendar })
    expect(workingDaysSince(reckoned, opened), at).toBe(days)
    expect(reckoned.working.afterDays(opened, days)).toBeGreaterThanOrEqual(reckoned.now)
  }
})
