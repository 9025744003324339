import { expect, test } from 'vitest'
import type { Cell, Row, ViewState } from '#shared/view.ts'
import type { Category } from '../../web/board/categories.ts'
import type { FlowData } from '../../web/charts/flow-data.ts'
import { createTimes } from '../../web/i18n/times.ts'
import type { Freshness, State } from '../../web/live/freshness.ts'
import { about } from '../../web/screen/about.ts'
import { isDue } from '../../web/screen/cadence.ts'
import { clearMoves } from '../../web/screen/clear-moves.ts'
import { clearRanks } from '../../web/screen/clear-ranks.ts'
import { flowLines } from '../../web/screen/flow-lines.ts'
import { footText } from '../../web/screen/foot-text.ts'
import { parseScreen, scenes, shownScenes } from '../../web/screen/options.ts'
import { turnAt } from '../../web/screen/turn.ts'

test.each([
  ['', { scenes: [...scenes], every: 20, languages: ['en'], theme: 'auto' }],
  [
    '?scenes=movers,mars,headline&every=60&languages=zh,tlh,en&theme=dark',
    { scenes: ['movers', 'headline'], every: 60, languages: ['zh', 'en'], theme: 'dark' },
  ],
  ['?scenes=mars&every=0&languages=&theme=pink', { scenes: [...scenes], every: 5 }],
  ['?every=1e9&scenes=flow,flow', { scenes: ['flow'], every: 300 }],
  ['?every=soon', { every: 20 }],
  ['?every=', { every: 5 }],
])('of the address %j a screen reads what it knows', (query, options) => {
  expect(parseScreen(query, 'en')).toMatchObject(options)
})

test('a scene of what the city has not opened is left out, and the headline stands in for none', () => {
  expect(shownScenes(scenes, ['area'])).toEqual(['headline', 'flow', 'ranking'])
  expect(shownScenes(scenes, [])).toEqual(['headline', 'flow'])
  expect(shownScenes(['movers'], ['agency'])).toEqual(['headline'])
})

test('each turn goes through all scenes in one language, a little off the place of the one before', () => {
  const options = { scenes: ['headline', 'flow'], languages: ['en', 'zh'] } as const
  const turns = [0, 1, 2, 3, 4].map((step) => turnAt(step, options))
  expect(turns.map(({ scene, language }) => `${scene} ${language}`)).toEqual([
    'headline en',
    'flow en',
    'headline zh',
    'flow zh',
    'headline en',
  ])
  expect(turns[0]!.shift).toEqual(turns[1]!.shift)

  const shifts = Array.from({ length: 90 }, (_, turn) => turnAt(2 * turn, options).shift)
  expect(new Set(shifts.map(String)).size).toBe(9)
  expect(shifts.flat().reduce((sum, shift) => sum + shift, 0)).toBe(0)
  const steps = shifts.slice(1).map(([x, y], i) => [x - shifts[i]![0], y - shifts[i]![1]])
  expect(Math.max(...steps.flat().map(Math.abs))).toBe(1)
})

test('what is broken down is told anew every five minutes, and when something else is asked', () => {
  const specs = [{ measures: ['received' as const], window: '24h' }]
  const answer = { specs, at: [1, 1] as const, views: new Map() }
  const at = (minute: number, second = 0) => Date.UTC(2026, 10, 22, 14, minute, second)
  const held = { answer, asOf: at(35) }

  expect(isDue(undefined, held)).toBe(true)
  expect(isDue(held, { answer: { ...answer, at: [9, 9] }, asOf: at(39, 59) })).toBe(false)
  expect(isDue(held, { answer, asOf: at(40) })).toBe(true)
  expect(isDue(held, { answer: { ...answer, specs: [...specs] }, asOf: at(36) })).toBe(true)
})

test.each([
  [9, 'fewer than 10'],
  [12, 'about 10'],
  [13, 'about 15'],
  [1338, 'about 1,340'],
])('%i is told as %s', (count, text) => {
  expect(about(count)).toBe(text)
})

const rates = (rows: [string, hits: number, n: number][]): ViewState => {
  const cells = (hits: number, n: number): Cell[] => [hits / n, hits, n]
  const sum = (index: 1 | 2) => rows.reduce((total, row) => total + row[index], 0)
  return {
    id: 'agency',
    columns: ['key', 'onTimeRate', 'onTimeRate.numerator', 'onTimeRate.n'].map((id) => ({ id })),
    rows: rows.map(([code, hits, n]): Row => [code, ...cells(hits, n)]),
    totals: [null, ...cells(sum(1), sum(2))],
  }
}

test('only those clearly above or below have a place on a wall, four at most; the others are in no order', () => {
  const clear = clearRanks(
    rates([
      ['best', 99, 100],
      ['good', 95, 100],
      ['fine', 92, 100],
      ['z', 75, 100],
      ['a', 74, 100],
      ['bad', 40, 100],
      ['few', 2, 2],
    ]),
    30,
  )
  expect(
    clear.groups.map(({ name, rows, all }) => [name, rows.map((row) => row.code), all]),
  ).toEqual([
    ['above', ['best', 'good', 'fine'], 3],
    ['below', ['bad'], 1],
  ])
  expect(clear.unclear.map(({ code }) => code)).toEqual(['a', 'z'])

  const below = Array.from(
    { length: 6 },
    (_, i) => [`b${i}`, 60 - i, 100] as [string, number, number],
  )
  const above = Array.from(
    { length: 6 },
    (_, i) => [`a${i}`, 99 - i, 100] as [string, number, number],
  )
  const many = clearRanks(rates([...below, ...above]), 30)
  expect(many.groups.map(({ rows, all }) => [rows.map((row) => row.code), all])).toEqual([
    [['a0', 'a1'], 6],
    [['b4', 'b5'], 6],
  ])
  expect(clearRanks(rates([['few', 1, 2]]), 30)).toEqual({ groups: [], unclear: [] })
})

test('only what has clearly moved is named', () => {
  const category = (code: string, received: number, before: Cell): Category => ({
    ...{ code, received, before, open: 0, overdue: 0, closed: 0 },
    ...{ p50: null, p90: null, target: null },
  })
  const moves = clearMoves(
    [category('a', 32, 30), category('b', 100, 40), category('c', 3, 0), category('d', 10, 60)],
    30,
  )
  expect(moves.rows.map(({ code, move }) => [code, move])).toEqual([
    ['d', 'fewer'],
    ['b', 'more'],
  ])
  expect(moves.others).toBe(2)
  expect(clearMoves([category('b', 100, null)], 30)).toEqual({ rows: [], others: 1 })
})

test('a line has a gap where nothing was heard, and is dotted to what is not whole', () => {
  const step = (part: 'whole' | 'running') => ({ key: 0, label: '', part })
  const data: FlowData = {
    steps: [step('whole'), step('whole'), step('whole'), step('whole'), step('running')],
    series: [
      {
        ...{ name: '', color: '', ink: '', total: '', soFar: '' },
        values: [10, 20, null, 30, 5],
        before: [0, 40, 0, 0, null],
      },
    ],
    ...{ ticks: [], breaks: [], breakLabel: '', runningLabel: '', beforeLabel: () => '' },
  }
  const { marks, series } = flowLines(data)
  expect(marks).toEqual([0, 10, 20, 30, 40])
  expect(series[0]).toEqual({
    whole: 'M10 75L30 50',
    partial: 'M70 25L90 87.5',
    before: 'M10 100L30 0M30 0L50 100M50 100L70 100',
    end: { x: 90, y: 87.5, isHollow: true },
  })
  const empty = { ...data, series: [{ ...data.series[0]!, values: [], before: [] }] }
  expect(flowLines(empty).marks).toEqual([0, 1, 2, 3, 4])
})

const asOf = Date.UTC(2026, 10, 22, 14, 21, 7)
const times = createTimes('UTC')
const fresh = (state: State, ago = 0): Freshness => ({
  ...{ state, asOf, now: asOf + ago, behind: 6_000, heardAt: asOf, silentSources: [] },
})

test.each<[State, string]>([
  ['live', 'Live as of 14:21:07'],
  ['delayed', 'Delayed. as of 14:21:07, 6.0\u00a0s behind'],
  ['reconnecting', 'Reconnecting. Numbers as of 14:21:07, 16\u00a0min ago'],
  ['stale', 'Stale. Numbers as of 14:21:07, 16\u00a0min ago'],
  ['asking', 'Asking. Numbers as of 14:21:07, 16\u00a0min ago'],
])('the foot of a wall that is %s says %s', (state, words) => {
  const freshness = fresh(state, 16 * 60_000)
  const text = footText({ freshness, times, isReplay: false, heldAt: undefined })
  expect(text.state + text.mark + text.age).toBe(words)
  expect(text.isLarge).toBe(state !== 'live')
})

test('the foot tells the age of what the scene shows', () => {
  const heldAt = asOf - 67_000
  const input = { times, isReplay: false, heldAt }
  const live = footText({ ...input, freshness: fresh('live') })
  expect(live.state + live.mark + live.age).toBe('Live, rounded, as of 14:20, every 5 minutes')
  expect(footText({ ...input, freshness: fresh('stale') }).age).toBe(
    'Numbers as of 14:20:00, 1\u00a0min ago',
  )
  const none = { ...fresh('reconnecting'), asOf: undefined, heardAt: undefined }
  expect(footText({ ...input, freshness: none })).toMatchObject({
    state: 'Reconnecting',
    age: 'the server does not answer yet',
  })
})
