import { describe, expect, test } from 'vitest'
import { isOnTime } from '#shared/measures/on-time-rate.ts'
import { DAY, HOUR } from '#shared/time.ts'
import { hourOfWeek } from '../../../server/demo/calibration.ts'
import { categories, policy } from '../../../server/demo/city.ts'
import { generate, lives } from '../../../server/demo/generate.ts'
import { readEvent } from '../../../server/intake/read-event.ts'

// A Monday's midnight by the city's clock.
const from = Date.parse('2026-03-02T00:00:00+08:00')
const to = from + 56 * DAY
const all = [...lives(7, from, to)]
const lasts = all.map(({ steps }) => steps.at(-1)!.event)

describe('the generated city', () => {
  test('tells the same for the same seed, in order of time, however the time is cut', () => {
    const middle = from + 5 * HOUR + 1234
    const end = from + 9 * HOUR
    const whole = generate(7, from, end)
    expect([...generate(7, from, middle), ...generate(7, middle, end)]).toEqual(whole)
    expect(whole.map(({ at }) => at)).toEqual(whole.map(({ at }) => at).toSorted((a, b) => a - b))
    expect([...lives(8, from, end)]).not.toEqual([...lives(7, from, end)])
  })

  test('tells each ticket in versions from 1 that intake would take from outside', () => {
    for (const { steps } of all.slice(0, 2000)) {
      expect(steps.map(({ event }) => event.version)).toEqual(steps.map((_, index) => index + 1))
      for (const { at, event } of steps) {
        const { event: read, faults } = readEvent(asSent(event), at)
        expect(faults).toBeUndefined()
        expect(read).toEqual(event)
      }
    }
  })

  test('receives tickets by the hours of a real week', () => {
    const told = new Array<number>(168).fill(0)
    for (const { steps } of all) told[Math.floor((steps[0]!.at - from) / HOUR) % 168]!++
    expect(correlation(told, hourOfWeek.flat())).toBeGreaterThan(0.98)
    expect(all.length / 56).toBeGreaterThan(800)
    expect(all.length / 56).toBeLessThan(1000)
  })

  test('closes as many of each category on time as the real city did, less what is reopened', () => {
    for (const { code, closing, dueWithin } of categories) {
      const worked = lasts.filter((one) => one.category === code && one.status === 'closed')
      const met = worked.filter((one) =>
        isOnTime({ ...one, dueAt: one.receivedAt + dueWithin * HOUR }),
      )
      const off = Math.abs(met.length / worked.length - closing.onTime)
      expect(off, code).toBeLessThan(0.04 + 1 / Math.sqrt(worked.length))
    }
  })

  test('answers nine in ten within a day, and has some of everything', () => {
    const worked = lasts.filter(({ respondedAt }) => respondedAt !== null)
    const inTime = worked.filter((one) => one.respondedAt! - one.receivedAt <= DAY)
    expect(inTime.length / worked.length).toBeGreaterThan(0.88)
    expect(inTime.length / worked.length).toBeLessThan(0.95)
    for (const status of ['closed', 'withdrawn', 'duplicate', 'out-of-jurisdiction'] as const) {
      expect(
        lasts.some((one) => one.status === status),
        status,
      ).toBe(true)
    }
    expect(lasts.some(({ transfers }) => transfers > 1)).toBe(true)
    expect(lasts.some(({ survey }) => survey?.resolved === false)).toBe(true)
    expect(lasts.some(({ reopenings }) => reopenings !== null)).toBe(true)
    expect(lasts.some(({ area }) => area === null)).toBe(true)
  })

  test('says by when each category is due', () => {
    expect(Object.keys(policy.dueWithin.byCategory)).toHaveLength(categories.length)
  })
})

/** As JSON from outside: instants as text. */
function asSent(event: object): unknown {
  return JSON.parse(JSON.stringify(event), (key, value: unknown) =>
    (key === 'at' || key.endsWith('At')) && typeof value === 'number'
      ? new Date(value).toISOString()
      : value,
  )
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [x, y] = [centred(a), centred(b)]
  return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y))
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return values.map((value) => value - mean)
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, index) => sum + value * b[index]!, 0)
