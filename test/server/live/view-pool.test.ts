import { expect, test } from 'vitest'
import { received } from '#shared/measures/received.ts'
import { DAY, MINUTE, minuteOf } from '#shared/time.ts'
import type { ViewSpec } from '#shared/view.ts'
import { calendarOf } from '../../../server/cube/calendar.ts'
import { Cube } from '../../../server/cube/cube.ts'
import { understand } from '../../../server/cube/question.ts'
import { directoryOf } from '../../../server/dimensions/directory.ts'
import { ViewPool } from '../../../server/live/view-pool.ts'

const [part] = received.parts
const now = minuteOf(Date.UTC(2026, 10, 22))

const asked = (timeZone: string) => (spec: ViewSpec) =>
  understand(spec, () => ({ directory: directoryOf([], []), calendar: calendarOf(timeZone) }))

test('a range that has grown too old for the cube does not keep other views from being asked again', () => {
  const cube = new Cube(now)
  const nobody = cube.intern([0, 0, 0, 0, 0])
  cube.add(part!.code, now - 10 * 60, nobody, 1, 0)
  const pool = new ViewPool()
  const old = asked('UTC')({ measures: ['received'], window: '2025-10-19/2025-10-21' })
  const days = asked('UTC')({ measures: ['received'], window: '24h', by: 'day' })
  pool.acquire(old, cube)
  pool.acquire(days, cube)

  cube.advance(now + (3 * DAY) / MINUTE)
  pool.takeChanges(cube)
  const { changes, lost } = pool.askAgain(asked('Asia/Taipei'), cube)

  expect([...changes.keys()]).toEqual([days.key])
  expect([...lost]).toEqual([old.key])
  expect(
    pool
      .find(days.key)!
      .state('')
      .rows.map(([start]) => start),
  ).toEqual(['2026-11-23T16:00Z', '2026-11-24T16:00Z'])
  expect(pool.find(old.key)).toBeUndefined()
})

test('a clock that jumps past what the cube holds of a range loses that view, and no other', () => {
  const then = minuteOf(Date.UTC(2011, 6, 1))
  const cube = new Cube(then)
  const nobody = cube.intern([0, 0, 0, 0, 0])
  const pool = new ViewPool()
  const range = asked('UTC')({ measures: ['received'], window: '2011-06-01/2013-01-01' })
  const day = asked('UTC')({ measures: ['received'], window: '24h' })
  pool.acquire(range, cube)
  pool.acquire(day, cube)

  for (const at of [Date.UTC(2011, 7, 1), Date.UTC(2013, 11, 1)]) {
    cube.add(part!.code, minuteOf(at), nobody, 1, 0)
    pool.add(part!.code, minuteOf(at), nobody, 1, 0)
  }
  cube.advance(minuteOf(Date.UTC(2013, 11, 1)) + 1)
  const { changes, lost } = pool.takeChanges(cube)

  expect([...lost]).toEqual([range.key])
  expect(changes.get(day.key)!.totals).toEqual([null, 1])
})

test('a process keeps 2,000 different views live, and says so to whoever wants one more', () => {
  const cube = new Cube(now)
  const pool = new ViewPool()
  const range = (minutes: number): ViewSpec => ({
    measures: ['received'],
    window: `2026-01-01T00:00Z/${new Date(Date.UTC(2026, 0, 1, 0, minutes)).toISOString().slice(0, 16)}Z`,
  })
  const ask = asked('UTC')
  for (let minutes = 1; minutes <= 2000; minutes++) pool.acquire(ask(range(minutes)), cube)

  pool.requireSpace([ask(range(1)), ask(range(2000))])
  expect(() => pool.requireSpace([ask(range(1)), ask(range(2001))])).toThrow('all are taken')
  expect(() => pool.acquire(ask(range(2001)), cube)).toThrow('all are taken')
  pool.release(ask(range(7)).key)
  expect(pool.acquire(ask(range(2001)), cube).state('').totals).toEqual([null, 0])
})

test('a view of members over time takes the room of four others', () => {
  const cube = new Cube(now)
  const pool = new ViewPool()
  const ask = asked('UTC')
  const view = (area: string, over?: 'hour'): ViewSpec => ({
    measures: ['received'],
    window: '24h',
    by: 'area',
    over,
    filters: { area: ['(none)', area] },
  })
  const overs = Array.from({ length: 30 }, (_, at) => ask(view('-'.repeat(at + 1), 'hour')))

  for (const question of overs) pool.acquire(question, cube)
  const others = Array.from({ length: 1880 }, (_, at) => ask(view('-'.repeat(at + 1))))
  pool.requireSpace(others)
  expect(() => pool.requireSpace([...others, ask(view('none'))])).toThrow('all are taken')
})

test('a view that new members make too large is lost, and says so to whoever asks again', () => {
  const cube = new Cube(now)
  const pool = new ViewPool()
  const calendar = calendarOf('UTC')
  const member = (id: number) => ({
    id,
    dimension: 'area' as const,
    code: `R${id}`,
    names: {},
    mergedInto: null,
  })
  let directory = directoryOf([member(1)], [])
  const spec: ViewSpec = { measures: ['received'], window: '24h', by: 'area', over: 'hour' }
  const ask = () => understand(spec, () => ({ directory, calendar }))
  const question = ask()
  pool.acquire(question, cube)
  const tell = (area: number) => {
    const combination = cube.intern([0, area, 0, 0, 0])
    cube.add(part!.code, now - 1, combination, 1, 0)
    pool.add(part!.code, now - 1, combination, 1, 0)
  }

  directory = directoryOf(
    Array.from({ length: 416 }, (_, at) => member(at + 1)),
    [],
  )
  for (let area = 1; area <= 400; area++) tell(area)
  expect(pool.takeChanges(cube).changes.get(question.key)!.changed).toHaveLength(400)
  for (let area = 401; area <= 416; area++) tell(area)
  expect(pool.takeChanges(cube).lost.size).toBe(0)
  tell(417)
  expect([...pool.takeChanges(cube).lost]).toEqual([question.key])
  expect(ask).toThrow('10425 rows, of at most 10000')
})
