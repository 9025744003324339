import { describe, expect, test } from 'vitest'
import { HOUR } from '#shared/time.ts'
import { hourOfWeek } from '../../../server/demo/calibration.ts'
import { lives } from '../../../server/demo/generate.ts'
import { eventAt } from '../../../server/demo/telling.ts'
import { readEvent } from '../../../server/intake/read-event.ts'
import { from, livesIn, storm } from './told.ts'

const WEEK = 168 * HOUR
const all = livesIn(7)

describe('the generated city', () => {
  test('tells the same for the same seed, however the time is cut', () => {
    const [middle, to] = [from + 9 * HOUR, from + 12 * HOUR]
    const whole = [...lives(7, { from, to })]
    expect([...lives(7, { from, to: middle }), ...lives(7, { from: middle, to })]).toEqual(whole)
    expect([...lives(8, { from, to })]).not.toEqual(whole)
  })

  test('leaves out just the lives that ended before', () => {
    const span = { from, to: from + 12 * HOUR }
    const since = from + 30 * HOUR
    const all = [...lives(7, span)].filter(({ steps }) => steps.at(-1)!.at >= since)
    expect([...lives(7, { ...span, since })]).toEqual(all)
  })

  test('tells each ticket in versions from 1 that intake would take from outside', () => {
    for (const { steps } of lives(7, { from: storm, to: storm + 12 * HOUR })) {
      for (const [index, { at }] of steps.entries()) {
        const event = eventAt(steps, index)
        expect(event.version).toBe(index + 1)
        const { event: read, faults } = readEvent(asSent(event), at)
        expect(faults).toBeUndefined()
        expect(read).toEqual(event)
      }
    }
  })

  test('gives every ticket an id of its own', () => {
    const ids = new Set(all.map(({ steps }) => steps[0]!.said.id))
    expect(ids.size).toBe(all.length)
  })

  test('receives 2,000 tickets a day, by the hours of a real week', () => {
    const told = new Array<number>(168).fill(0)
    const quiet = all.filter(({ steps }) => steps[0]!.at < storm - 6 * 24 * HOUR)
    for (const { steps } of quiet) told[(((steps[0]!.at - from) % WEEK) / HOUR) | 0]!++
    expect(correlation(told, hourOfWeek.flat())).toBeGreaterThan(0.98)
    expect(quiet.length / 42).toBeGreaterThan(1950)
    expect(quiet.length / 42).toBeLessThan(2050)
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
