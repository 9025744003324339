import fc from 'fast-check'
import { expect, test } from 'vitest'
import { localTime } from '../../../server/import/local-time.ts'

const wall = (text: string) => Date.parse(`${text}Z`)
const at = (zone: string, text: string) => new Date(localTime(zone)(wall(text))).toISOString()

test.each([
  ['America/New_York', '2011-07-01T01:32:33', '2011-07-01T05:32:33.000Z'],
  ['America/New_York', '2011-12-01T01:32:33', '2011-12-01T06:32:33.000Z'],
  ['Asia/Kolkata', '2026-11-22T08:30:00', '2026-11-22T03:00:00.000Z'],
  ['Asia/Kathmandu', '2026-11-22T08:30:00', '2026-11-22T02:45:00.000Z'],
  ['Pacific/Kiritimati', '2026-11-22T00:30:00', '2026-11-21T10:30:00.000Z'],
  ['UTC', '2026-11-22T08:30:00', '2026-11-22T08:30:00.000Z'],
])('in %s, %s is %s', (zone, text, expected) => {
  expect(at(zone, text)).toBe(expected)
})

test('an hour that comes twice means the earlier', () => {
  expect(at('America/New_York', '2011-11-06T00:59:59')).toBe('2011-11-06T04:59:59.000Z')
  expect(at('America/New_York', '2011-11-06T01:30:00')).toBe('2011-11-06T05:30:00.000Z')
  expect(at('America/New_York', '2011-11-06T02:00:00')).toBe('2011-11-06T07:00:00.000Z')
  expect(at('Australia/Lord_Howe', '2026-04-05T01:45:00')).toBe('2026-04-04T14:45:00.000Z')
})

test('an hour that never comes moves forward', () => {
  expect(at('America/New_York', '2011-03-13T01:59:59')).toBe('2011-03-13T06:59:59.000Z')
  expect(at('America/New_York', '2011-03-13T02:30:00')).toBe('2011-03-13T07:30:00.000Z')
  expect(at('America/New_York', '2011-03-13T03:00:00')).toBe('2011-03-13T07:00:00.000Z')
  expect(at('Pacific/Apia', '2011-12-30T12:00:00')).toBe('2011-12-30T22:00:00.000Z')
})

test('every reading is what Temporal says it is', () => {
  const zones = ['America/New_York', 'Europe/Lisbon', 'Africa/Casablanca', 'Australia/Lord_Howe']
  const readings = fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(2100, 0) })
  for (const zone of zones) {
    const toInstant = localTime(zone)
    fc.assert(
      fc.property(readings, (reading) => {
        expect(toInstant(reading)).toBe(byTemporal(zone, reading))
      }),
      { numRuns: 300 },
    )
  }
})

function byTemporal(zone: string, reading: number): number {
  const clock = Temporal.PlainDateTime.from(new Date(reading).toISOString().slice(0, -1))
  return clock.toZonedDateTime(zone).epochMilliseconds
}
