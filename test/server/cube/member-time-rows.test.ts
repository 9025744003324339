import { expect, test } from 'vitest'
import { open } from '#shared/measures/open.ts'
import { received } from '#shared/measures/received.ts'
import { minuteOf } from '#shared/time.ts'
import { joinKey, splitKey, type ViewSpec } from '#shared/view.ts'
import { calendarOf } from '../../../server/cube/calendar.ts'
import { Cube } from '../../../server/cube/cube.ts'
import { LiveView } from '../../../server/cube/live-view.ts'
import { understand } from '../../../server/cube/question.ts'
import { directoryOf } from '../../../server/dimensions/directory.ts'

const [receivedPart] = received.parts
const [openPart] = open.parts
const noon = minuteOf(Date.UTC(2026, 10, 22, 12))
const names = ['A', 'East End'].map((code, at) => ({
  id: at + 1,
  dimension: 'area' as const,
  code,
  names: {},
  mergedInto: null,
}))
const terms = { directory: directoryOf(names, []), calendar: calendarOf('UTC') }

/** Areas by the hour of the last three hours, and a way to say what happened. */
function hours(measures: ViewSpec['measures']) {
  const cube = new Cube(noon + 1)
  const spec: ViewSpec = {
    measures,
    by: 'area',
    over: 'hour',
    window: '2026-11-22T10:00Z/2026-11-22T23:00Z',
  }
  const view = new LiveView(
    understand(spec, () => terms),
    cube,
  ).fill(cube)
  return {
    cube,
    view,
    tell(area: number, minute: number): void {
      const combination = cube.intern([0, area, 0, 0, 0])
      for (const { code } of [receivedPart!, openPart!]) {
        cube.add(code, minute, combination, 1, 0)
        if (measures.length > 1 || code === receivedPart!.code) {
          view.add(code, minute, combination, 1, 0)
        }
      }
    },
  }
}

test('what happens now shows one row again, whatever came before', () => {
  const { view, tell } = hours(['received', 'open'])
  for (const minute of [noon - 60, noon - 30, noon]) tell(1, minute)
  tell(2, noon - 70)
  expect(view.takeChange('')!.changed).toHaveLength(5)

  tell(1, noon)
  expect(view.takeChange('')).toEqual({
    id: '',
    changed: [['A 2026-11-22T12:00Z', 2, 4]],
    gone: [],
    totals: [null, 5, 5],
  })
})

test('what comes late moves the stock of its step and of every later one, of its member alone', () => {
  const { view, tell } = hours(['received', 'open'])
  tell(1, noon)
  tell(2, noon)
  view.takeChange('')

  tell(2, noon - 60)
  expect(view.takeChange('')!.changed.toSorted()).toEqual([
    ['East End 2026-11-22T11:00Z', 1, 1],
    ['East End 2026-11-22T12:00Z', 1, 2],
  ])
})

test('a new hour begins with what is there, and of flows alone with nothing', () => {
  const both = hours(['received', 'open'])
  const flows = hours(['received'])
  for (const { cube, view, tell } of [both, flows]) {
    tell(1, noon)
    view.takeChange('')
    cube.advance(noon + 61)
    expect(view.slide(cube)).toBe(true)
  }

  expect(both.view.takeChange('')!.changed).toEqual([['A 2026-11-22T13:00Z', 0, 1]])
  expect(flows.view.takeChange('')).toBeUndefined()
})

test('a key is parted at its last space', () => {
  const step = '2026-11-22T12:00Z'
  for (const code of ['A', 'East End', 'East  End ', '(none)', '']) {
    expect(splitKey(joinKey(code, step))).toEqual([code, step])
  }
})

test('a window that moves on for hours shows what a fresh one does', () => {
  const cube = new Cube(noon + 1)
  const spec: ViewSpec = {
    measures: ['received', 'open'],
    by: 'area',
    over: 'minute',
    window: '1h',
  }
  const question = understand(spec, () => terms)
  const fresh = () => new LiveView(question, cube).fill(cube)
  const view = fresh()
  const shown = (one: LiveView) => {
    one.takeChange('')
    return one.state('')
  }
  for (let minute = noon; minute < noon + 300; minute++) {
    const area = cube.intern([0, 1 + (minute % 2), 0, 0, 0])
    const sign = minute % 5 === 0 ? -1 : 1
    for (const { code } of [receivedPart!, openPart!]) {
      cube.add(code, minute, area, sign, 0)
      view.add(code, minute, area, sign, 0)
    }
    cube.advance(minute + 2)
    expect(view.slide(cube)).toBe(true)
    expect(shown(view)).toEqual(shown(fresh()))
  }
})
