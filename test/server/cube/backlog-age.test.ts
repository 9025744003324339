import fc from 'fast-check'
import { expect, test } from 'vitest'
import { median, oldest } from '#shared/measures/ages.ts'
import { contribute } from '#shared/measures/contributions.ts'
import type { Ticket } from '#shared/ticket.ts'
import { DAY, MINUTE, minuteOf } from '#shared/time.ts'
import type { ViewSpec } from '#shared/view.ts'
import { calendarOf } from '../../../server/cube/calendar.ts'
import { Cube } from '../../../server/cube/cube.ts'
import { LiveView } from '../../../server/cube/live-view.ts'
import { Moments } from '../../../server/cube/moments.ts'
import { understand } from '../../../server/cube/question.ts'
import { directoryOf } from '../../../server/dimensions/directory.ts'
import { aTicket } from '../../support/ticket.ts'

const now = Date.UTC(2026, 10, 22, 9, 30)
const end = minuteOf(now) + 1
const AGES = ['medianAge', 'oldestAge'] as const

const names = directoryOf(
  [1, 2].map((id) => ({ id, dimension: 'agency', code: `A${id}`, mergedInto: null, names: {} })),
  [],
)
const ask = (spec: Partial<ViewSpec>) =>
  understand({ measures: ['backlogAge'], window: '24h', ...spec }, () => ({
    directory: names,
    calendar: calendarOf('UTC'),
  }))

function addTo(cube: Cube, ticket: Ticket, sign = 1): void {
  const combination = cube.intern([ticket.agency, 0, 0, 0, 0])
  contribute(ticket, (part, minute, n, bin) =>
    cube.add(part.code, minute, combination, sign * n, bin),
  )
}

function cubeOf(...tickets: Partial<Ticket>[]): Cube {
  const cube = new Cube(end)
  for (const ticket of tickets) addTo(cube, aTicket(ticket))
  return cube
}

/** Median and oldest age in minutes of the totals and of each row. */
function agesIn(view: LiveView): Record<string, (number | null)[]> {
  view.takeChange('')
  const { columns, rows, totals } = view.state('')
  const places = AGES.map((field) => columns.findIndex((column) => column.field === field))
  const inMinutes = (cell: unknown) => (typeof cell === 'number' ? cell / 60 : null)
  return Object.fromEntries(
    [['all', ...totals.slice(1)] as const, ...rows].map((row) => [
      row[0],
      places.map((place) => inMinutes(row[place])),
    ]),
  )
}

const open = (minutesAgo: number, agency = 1): Partial<Ticket> => ({
  receivedAt: now - minutesAgo * MINUTE,
  agency,
})

test('tells median and oldest age of what is open now, of all and of each row', () => {
  const closed = { ...open(9000), status: 'closed', closedAt: now } as const
  const cube = cubeOf(open(10), open(20), open(50), open(1000, 2), closed)

  expect(agesIn(new LiveView(ask({ by: 'agency' }), cube).fill(cube))).toEqual({
    all: [35, 1000],
    A1: [20, 50],
    A2: [1000, 1000],
  })
})

test('I7: where nothing is open there is no age', () => {
  const cube = cubeOf({ ...open(10), status: 'closed', closedAt: now })

  expect(agesIn(new LiveView(ask({}), cube).fill(cube))).toEqual({ all: [null, null] })
})

test('the oldest is known however old it is, and what comes and goes leaves nothing behind', () => {
  const cube = cubeOf(open((2000 * DAY) / MINUTE))
  const { length } = cube
  for (let i = 0; i < 1000; i++) {
    const ticket = aTicket(open(i % 7))
    addTo(cube, ticket)
    addTo(cube, ticket, -1)
  }
  const flows = cube.length - length

  cube.advance(end + (10 * DAY) / MINUTE)
  expect(agesIn(new LiveView(ask({}), cube).fill(cube)).all).toEqual([2010 * 1440, 2010 * 1440])
  const places = new Uint16Array(cube.combinations.size).fill(1)
  expect(cube.present(33, { places, size: 2 }).all).toHaveLength(1)
  expect(flows).toBeGreaterThan(0)
})

test('ages grow as the clock moves on, and follow what changes', () => {
  const cube = cubeOf(open(10), open(30, 2))
  const question = ask({ by: 'agency' })
  const view = new LiveView(question, cube).fill(cube)
  agesIn(view)

  cube.advance(end + 1)
  view.slide(cube)
  expect(agesIn(view)).toEqual({ all: [21, 31], A1: [11, 11], A2: [31, 31] })

  contribute(aTicket(open(30, 2)), (part, minute, n, bin) =>
    view.question.parts.includes(part)
      ? view.add(part.code, minute, cube.intern([2, 0, 0, 0, 0]), -n, bin)
      : undefined,
  )
  expect(agesIn(view)).toEqual({ all: [11, 11], A1: [11, 11] })
})

test('what a source tells ahead of the clock is not open before its minute', () => {
  const cube = cubeOf(open(10), open(-3, 2))
  const view = new LiveView(ask({ by: 'agency' }), cube).fill(cube)
  expect(agesIn(view)).toEqual({ all: [10, 10], A1: [10, 10] })

  cube.advance(end + 3)
  view.slide(cube)
  expect(agesIn(view)).toEqual({ all: [6.5, 13], A1: [13, 13], A2: [0, 0] })
})

test.each<[string, Partial<ViewSpec>]>([
  ['the period before', { period: 'previous' }],
  ['the period before by agency', { period: 'previous', by: 'agency' }],
  ['a range that is over', { window: '2026-11-01/2026-11-22' }],
])('is null for %s', (_, spec) => {
  const cube = cubeOf(open(10), open(90_000))

  const found = Object.values(agesIn(new LiveView(ask(spec), cube).fill(cube)))
  expect(found.length).toBeGreaterThan(0)
  expect(found.every((ages) => ages.every((age) => age === null))).toBe(true)
})

test('is known of the totals of a view by hour, and of none of its rows', () => {
  const cube = cubeOf(open(10))

  const { all, ...rows } = agesIn(new LiveView(ask({ by: 'hour' }), cube).fill(cube))
  expect(all).toEqual([10, 10])
  expect(Object.keys(rows)).toHaveLength(25)
  expect(Object.values(rows).flat()).toEqual(Array(50).fill(null))
})

test('a range is told ages until it is over', () => {
  const cube = cubeOf(open(10))
  const view = new LiveView(ask({ window: '2026-11-20/2026-11-23', by: 'agency' }), cube).fill(cube)
  expect(agesIn(view)).toEqual({ all: [10, 10], A1: [10, 10] })

  const midnight = minuteOf(Date.UTC(2026, 10, 23))
  for (const [minute, known] of [
    [midnight, true],
    [midnight + 1, false],
  ] as const) {
    cube.advance(minute)
    view.slide(cube)
    const age = known ? midnight - end + 10 : null
    expect(agesIn(view)).toEqual({ all: [age, age], A1: [age, age] })
  }
})

test('comings and goings in any order leave the middle and the oldest of what stays', () => {
  const steps = fc.array(fc.record({ minute: fc.integer({ min: -50, max: 50 }), goes: fc.nat(3) }))
  fc.assert(
    fc.property(steps, fc.integer({ min: -60, max: 60 }), (steps, minute) => {
      const moments = new Moments()
      const kept: number[] = []
      for (const { minute: at, goes } of steps) {
        moments.add(at, 1)
        kept.push(at)
        if (goes === 0) moments.add(kept.shift()!, -1)
        if (goes === 1) moments.agesAt(0)
      }
      const ages = kept
        .filter((at) => at < minute)
        .map((at) => (minute - 1 - at) * 60)
        .sort((a, b) => a - b)
      const middle = [ages[(ages.length - 1) >> 1], ages[ages.length >> 1]] as [number, number]

      const found = moments.agesAt(minute)
      expect(found.count).toBe(ages.length)
      expect(oldest(found)).toBe(ages.at(-1) ?? null)
      expect(median(found)).toBe(ages.length === 0 ? null : (middle[0] + middle[1]) / 2)
    }),
  )
})
