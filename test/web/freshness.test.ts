import { expect, test } from 'vitest'
import type { Pulse, SourceState } from '#shared/wire.ts'
import { type Connection, freshness } from '../../web/live/freshness.ts'
import { elapsed } from '../../web/live/reading.ts'

const now = Date.UTC(2026, 10, 19, 6, 38, 7)
const pulse: Pulse = { seq: 1, asOf: now - 400, now, sources: [], edition: 1 }
const well: Connection = {
  isConnected: true,
  isOutdated: false,
  isRefused: false,
  isFailing: false,
  isCurrent: true,
  isRested: false,
  asOf: now - 400,
  pulse,
  pulseAge: 500,
}

test.each<[state: string, change: Partial<Connection>]>([
  ['live', {}],
  ['live', { pulseAge: 4_000 }],
  ['reconnecting', { pulseAge: 4_001 }],
  ['reconnecting', { isConnected: false }],
  ['stale', { isConnected: false, pulseAge: 60_001 }],
  ['stale', { pulseAge: 3_600_000 }],
  ['delayed', { asOf: now - 4_001 }],
  ['live', { asOf: now - 4_000 }],
  ['asking', { isCurrent: false }],
  ['reconnecting', { isCurrent: false, isConnected: false }],
  ['asking', { isRested: true, isConnected: false, pulseAge: 3_600_000 }],
  ['loading', { asOf: undefined, pulse: undefined, isConnected: false }],
  ['reconnecting', { asOf: undefined, isConnected: false, isFailing: true }],
  ['outdated', { isOutdated: true, isConnected: false }],
  ['refused', { isRefused: true }],
])('is %s with %o', (state, change) => {
  expect(freshness({ ...well, ...change }, 'database').state).toBe(state)
})

test("runs the server's clock on between pulses, but not when the time is the newest event's", () => {
  expect(freshness(well, 'database').now).toBe(now + 500)
  expect(freshness(well, 'events').now).toBe(now)
})

test('never lies in front of the server', () => {
  expect(freshness({ ...well, asOf: now + 5_000 }, 'database').behind).toBe(0)
})

test('names the silent sources', () => {
  const heard: SourceState = {
    name: 'web',
    kind: 'api',
    heardAt: now,
    newestAt: now,
    silent: false,
  }
  const silent: SourceState = { ...heard, name: 'phone', silent: true }
  const connection = { ...well, pulse: { ...pulse, sources: [heard, silent] } }

  expect(freshness(connection, 'database').silentSources).toEqual([silent])
})

test('counts sleep, in which the monotonic clock stands still, and a wall clock set back', () => {
  expect(elapsed({ monotonic: 0, wall: 0 }, { monotonic: 10, wall: 3_600_000 })).toBe(3_600_000)
  expect(elapsed({ monotonic: 0, wall: 0 }, { monotonic: 10, wall: -3_600_000 })).toBe(10)
})
