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
  const changes = pool.askAgain(asked('Asia/Taipei'), cube)

  expect([...changes.keys()]).toEqual([days.key])
  expect(
    pool
      .find(days.key)!
      .state('')
      .rows.map(([start]) => start),
  ).toEqual(['2026-11-23T16:00Z', '2026-11-24T16:00Z'])
  cube.add(part!.code, minuteOf(Date.UTC(2025, 9, 19, 12)), nobody, 1, 0)
  pool.add(part!.code, minuteOf(Date.UTC(2025, 9, 19, 12)), nobody, 1, 0)
  expect(pool.takeChanges(cube).size).toBe(0)
  expect(pool.find(old.key)!.state('').totals).toEqual([null, 0])
})
