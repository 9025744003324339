import { expect, test } from 'vitest'
import type { Cell, PresetWindow, ViewState } from '#shared/view.ts'
import { allOpen, backlogRows } from '../../web/board/backlog.ts'
import { allCategories, categoriesIn, type Category } from '../../web/board/categories.ts'
import { categoryLines } from '../../web/board/category-lines.ts'
import { firstCategories, sortCategories, together } from '../../web/board/category-order.ts'
import { moved, moveOf } from '../../web/board/moved.ts'
import { isPast, reachOf } from '../../web/board/reach.ts'
import { everything } from '../../web/board/selection.ts'
import { placeOn, timeScale } from '../../web/board/time-scale.ts'
import type { Step } from '../../web/board/timeline.ts'
import { boardViews } from '../../web/board/views.ts'
import { bandHref, stepHref, streamHref } from '../../web/board/ticket-links.ts'
import { wholeDuration } from '../../web/i18n/format.ts'
import { createTimes } from '../../web/i18n/times.ts'

const HOUR = 3600
const DAY = 24 * HOUR

const viewOf = (columns: Record<string, Cell>, rows: ViewState['rows'] = []): ViewState => ({
  id: 'v',
  columns: ['key', ...Object.keys(columns)].map((id) => ({ id })),
  rows,
  totals: [null, ...Object.values(columns)],
})

const open = {
  'backlogAge.days0to7': 5214,
  'backlogAge.days8to30': 2603,
  'backlogAge.days31to90': 1118,
  'backlogAge.daysOver90': 551,
}
const late = {
  'overdueByAge.days0to7': 118,
  'overdueByAge.days8to30': 402,
  'overdueByAge.days31to90': 471,
  'overdueByAge.daysOver90': 351,
}

test('the backlog has a row for each age, with its overdue part and its change', () => {
  const now = viewOf({ open: 9486, overdue: 1342, ...open, ...late })
  const before = viewOf({ open: 9598, ...open, 'backlogAge.days0to7': 5378 })

  const rows = backlogRows(now, before)
  expect(rows.map((row) => [row.open, row.overdue, row.change])).toEqual([
    [5214, 118, -164],
    [2603, 402, 0],
    [1118, 471, 0],
    [551, 351, 0],
  ])
  expect(allOpen(now, before)).toEqual({ id: 'all', open: 9486, overdue: 1342, change: -112 })
})

test('the backlog has its rows before it has a number, and no change without a period before', () => {
  expect(backlogRows().map(({ open, overdue, change }) => [open, overdue, change])).toEqual(
    Array(4).fill([null, null, null]),
  )
  expect(allOpen(viewOf({ open: 5, overdue: 0 }))).toMatchObject({ open: 5, change: null })
})

test('a change is as far as chance seldom goes, not as many percent', () => {
  expect(moved(96, 32)).toBeCloseTo(5.79, 2)
  expect(moved(32, 96)).toBeCloseTo(-5.79, 2)
  expect(moved(6, 2)).toBeCloseTo(1.45, 2)
  expect(moved(0, 0)).toBe(0)
  // With a count of nothing, the deviance is 2 n ln 2.
  expect(moved(50, 0)).toBeCloseTo(Math.sqrt(2 * 50 * Math.LN2), 9)
})

test.each([
  [96, 32, 'more'],
  [402, 473, 'fewer'],
  [187, 183, 'unclear'],
  [187, 187, 'same'],
  [20, 5, 'few'],
] as const)('%d after %d is %s', (now, before, word) => {
  expect(moveOf(now, before, 30)).toBe(word)
})

const columns = [
  'received',
  'open',
  'overdue',
  'timeToClose.p50',
  'timeToClose.p90',
  'timeToClose.n',
]
const views = {
  now: viewOf(Object.fromEntries(columns.map((id) => [id, 1])), [
    ['lights', 214, 1126, 386, 2.9 * DAY, 9.6 * DAY, 200],
    ['noise', 30, 4, 0, 5 * HOUR, 9 * HOUR, 9],
    ['trees', 96, 141, 9, 7.2 * HOUR, 21 * HOUR, 80],
    ['waste', 402, 388, 21, 9.8 * HOUR, 1.4 * DAY, 390],
    ['water', 20, 2, 1, null, null, 0],
  ]),
  before: viewOf({ received: 700 }, [
    ['lights', 212],
    ['piers', 60],
    ['trees', 32],
    ['waste', 473],
    ['water', 1],
  ]),
  targets: { lights: { onTime: 5 * DAY, respond: null }, waste: { onTime: null, respond: null } },
}
const codes = (categories: readonly Category[]) => categories.map(({ code }) => code)

test('reads each category of either period: one that nothing came in for any more has moved', () => {
  const found = new Map(categoriesIn(views).map((one) => [one.code, one]))

  expect(found.get('lights')).toEqual({
    code: 'lights',
    received: 214,
    before: 212,
    open: 1126,
    overdue: 386,
    closed: 200,
    p50: 2.9 * DAY,
    p90: 9.6 * DAY,
    target: 5 * DAY,
  })
  expect(found.get('piers')).toMatchObject({ received: 0, before: 60, p50: null })
  expect(found.get('noise')).toMatchObject({ before: 0, target: null })
  expect(found.get('waste')!.target).toBeNull()
})

test('I7: nine in ten of nine closes is no number', () => {
  const noise = categoriesIn(views).find(({ code }) => code === 'noise')!
  expect(noise.p50).toBe(5 * HOUR)
  expect(noise.p90).toBeNull()
})

test('movers are ordered by how clearly they moved; those too few to compare come last', () => {
  const categories = categoriesIn(views)

  const movers = sortCategories(categories, 'movers', 30)
  expect(codes(movers)).toEqual(['piers', 'noise', 'trees', 'waste', 'lights', 'water'])
  expect(codes(sortCategories(categories, 'received', 30))[0]).toBe('waste')
  expect(codes(sortCategories(categories, 'overdue', 30))[0]).toBe('lights')
})

test('before the period before is known, movers stand by size and have no change', () => {
  const categories = categoriesIn({ ...views, before: undefined })

  expect(categories.every(({ before }) => before === null)).toBe(true)
  expect(codes(sortCategories(categories, 'movers', 30))[0]).toBe('waste')
  expect(allCategories({ ...views, before: undefined }).before).toBeNull()
})

test('shows the first ten and what the page is narrowed to; the others are told together', () => {
  const many = Array.from({ length: 30 }, (_, index) => ({
    ...categoriesIn(views)[0]!,
    code: `c${index}`,
  }))

  const { shown, others } = firstCategories(many, (code) => code === 'c20')
  expect(codes(shown)).toEqual([...codes(many.slice(0, 10)), 'c20'])
  expect(others).toHaveLength(19)
  expect(together(others)).toMatchObject({
    received: 19 * 214,
    before: 19 * 212,
    open: 19 * 1126,
    p50: null,
  })
  expect(firstCategories(many.slice(0, 12), () => false).others).toEqual([])
})

test('equal ratios are equal distances on the scale of time, whose ends lie at known durations', () => {
  const scale = timeScale([7.2 * HOUR, 21 * HOUR, null, 9.6 * DAY])

  expect([scale.from, scale.to]).toEqual([6 * HOUR, 30 * DAY])
  expect(scale.marks).toEqual([DAY, 7 * DAY])
  const place = (seconds: number) => placeOn(scale, seconds)
  expect(place(6 * HOUR)).toBe(0)
  expect(place(30 * DAY)).toBe(100)
  expect(place(2 * DAY) - place(DAY)).toBeCloseTo(place(4 * DAY) - place(2 * DAY), 9)
  expect(place(0)).toBe(0)
})

test('the marks of a long scale leave room for their names, and the day is always one', () => {
  const scale = timeScale([100, 200 * DAY])

  expect(scale.marks).toContain(DAY)
  const places = scale.marks.map((mark) => placeOn(scale, mark))
  for (const [index, place] of places.slice(1).entries()) {
    expect(place - places[index]!).toBeGreaterThanOrEqual(10)
  }
})

test('a scale is whole for nothing, for instant closes and for closes of years', () => {
  for (const durations of [[], [0], [1, 1], [20 * 365 * DAY], [0, 20 * 365 * DAY]]) {
    const scale = timeScale(durations)
    expect(scale.from).toBeLessThan(scale.to)
    expect(scale.from).toBeGreaterThan(0)
    for (const seconds of durations) expect(placeOn(scale, seconds)).not.toBeNaN()
    for (const mark of scale.marks) expect(placeOn(scale, mark)).toBeGreaterThan(0)
  }
})

test('a line is red past its target only, and all of it when half is late already', () => {
  const scale = { from: 1, to: 1000, marks: [] }
  const line = (p50: Cell, p90: Cell, target: Cell) => reachOf({ p50, p90, target }, scale)
  const [ten, hundred] = [placeOn(scale, 10), placeOn(scale, 100)]

  expect(line(1, 100, 10)).toMatchObject({ within: [0, ten], beyond: [ten, hundred] })
  expect(line(1, 10, 100)).toMatchObject({ within: [0, ten], beyond: undefined, goal: hundred })
  expect(line(10, 100, 1)).toMatchObject({ within: undefined, beyond: [ten, hundred] })
  expect(line(1, 10, null)).toMatchObject({ within: [0, ten], goal: undefined })
  expect(line(1, null, 10)).toMatchObject({ half: 0, most: undefined, within: undefined })
  expect([isPast(11, 10), isPast(10, 10), isPast(null, 10), isPast(11, null)]).toEqual([
    true,
    false,
    false,
    false,
  ])
})

test('a line over time has a value for each step, and none where it is cut or was not heard', () => {
  const view = viewOf({ received: 6 }, [
    ['street lights 2026-11-19T12:00Z', 9],
    ['street lights 2026-11-19T14:00Z', 2],
    ['waste 2026-11-19T13:00Z', 3],
  ])
  const at = (hour: number) => Date.UTC(2026, 10, 19, hour)
  const steps = [12, 13, 14, 15].map((hour): Step => ({
    startAt: at(hour),
    part: hour === 12 ? 'cut' : 'whole',
  }))
  const input = { steps, window: '24h', times: createTimes('UTC'), unheardSince: at(15) } as const

  expect(categoryLines({ ...input, view: undefined })).toBeUndefined()
  const lines = categoryLines({ ...input, view })!
  expect(lines('street lights')).toEqual([null, 0, 2, null])
  expect(lines('waste')).toEqual([null, 3, 0, null])
  expect(lines('benches')).toEqual([null, 0, 0, null])
})

test('a line of a week has local days, of which the first is cut', () => {
  const zone = 'Asia/Taipei'
  const start = Date.UTC(2026, 10, 12, 6)
  const steps = Array.from({ length: 7 * 24 }, (_, hour): Step => ({
    startAt: start + hour * 3_600_000,
    part: 'whole',
  }))
  const view = viewOf({ received: 3 }, [
    ['waste 2026-11-11T16:00Z', 1],
    ['waste 2026-11-13T16:00Z', 2],
  ])

  const input = {
    view,
    steps,
    window: '7d',
    times: createTimes(zone),
    unheardSince: undefined,
  } as const
  expect(categoryLines(input)!('waste')).toEqual([null, 0, 2, 0, 0, 0, 0, 0])
})

test('lines are asked for where they are few enough for a snapshot', () => {
  const lines = (window: PresetWindow, categories: number) =>
    boardViews({ ...everything, window }, ['category'], categories).find(
      ({ id }) => id === 'category-flow',
    )
  expect(lines('24h', 40)).toMatchObject({ by: 'category', over: 'hour', measures: ['received'] })
  expect(lines('7d', 40)?.over).toBe('day')
  expect(lines('90d', 40)).toBeUndefined()
  expect(lines('24h', 400)).toBeUndefined()
  expect(boardViews(everything, ['agency', 'area', 'category'], 40).length).toBeLessThanOrEqual(20)
})

test.each([
  [5 * DAY, '5 d'],
  [36 * HOUR, '36 h'],
  [600, '10 min'],
  [1, '1 s'],
  [129_630, '1.5 d'],
])('%d seconds, told whole, are %s', (seconds, text) => {
  expect(wholeDuration(seconds).replaceAll('\u00a0', ' ')).toBe(text)
})

test('a band of the backlog, a step of the flow and the stream lead to their own tickets, narrowed as the board is', () => {
  const minute = Date.UTC(2026, 10, 19, 14, 38) / 60_000
  const at = (hour: number) => Date.UTC(2026, 10, 18, hour)
  const board = {
    ...({ answeredWindow: '24h', hasStream: true, minute } as const),
    steps: [14, 15, 38].map((hour) => ({ startAt: at(hour), part: 'whole' }) as const),
    spec: () => ({ measures: [], window: '24h', filters: { area: ['Old Town'] } }) as const,
    view: () => viewOf({}, [[new Date(at(14)).toISOString()]]),
  }
  const received = (href: string | undefined) => new URL(href!, 'http://city').searchParams
  const [band, first, last] = [bandHref(board, 'days8to30'), stepHref(board, 0), stepHref(board, 2)]

  expect(received(band).get('received')).toBe('2026-10-20T14:38Z/2026-11-12T14:38Z')
  expect([received(band).get('area'), received(band).getAll('status')]).toEqual([
    'Old Town',
    ['open'],
  ])
  expect(received(first).get('received')).toBe('2026-11-18T14:38Z/2026-11-18T15:00Z')
  expect(received(last).get('received')).toBe('2026-11-19T14:00Z/2026-11-19T14:38Z')
  expect(received(last).getAll('status')).toEqual(['open', 'closed'])
  expect(bandHref(board, 'all')).toBe('/tickets?area=Old+Town&status=open')
  const filters = [{ dimension: 'area', code: 'Old Town' } as const]
  expect(streamHref({ ...everything, filters })).toBe('/tickets?area=Old+Town')
  expect(streamHref(everything)).toBe('/tickets')
  const closed = { ...board, hasStream: false }
  expect([bandHref(closed, 'all'), stepHref(closed, 0), stepHref(board, 3)]).toEqual([
    ...[undefined, undefined, undefined],
  ])
})
