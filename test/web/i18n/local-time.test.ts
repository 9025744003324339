import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instantOf, localTime } from '../../../web/i18n/local-time.ts'

const zones = ['UTC', 'Asia/Shanghai', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Kiritimati']

test('what a clock shows is the minute that it shows, in every zone and over changes to summer time', () => {
  const minute = fc.integer({ min: 0, max: 1_800_000_000 / 60 }).map((n) => n * 60_000)
  fc.assert(
    fc.property(minute, fc.constantFrom(...zones), (at, zone) => {
      const shown = localTime(at, zone)
      expect(localTime(instantOf(shown, zone), zone)).toBe(shown)
    }),
  )
})

test('an hour that comes twice is the first, and one that never comes lies an hour beside', () => {
  expect(new Date(instantOf('2026-10-25T02:30', 'Europe/Berlin')).toISOString()).toBe(
    '2026-10-25T00:30:00.000Z',
  )
  expect(localTime(instantOf('2026-03-29T02:30', 'Europe/Berlin'), 'Europe/Berlin')).toMatch(
    /^2026-03-29T0[13]:30$/,
  )
})
