import { afterEach, expect, test } from 'vitest'
import { DAY, HOUR } from '#shared/time.ts'
import type { SourceState } from '#shared/wire.ts'
import { answersView } from '../../web/board/answer-rates.svelte.ts'
import { changeOf } from '../../web/board/change.ts'
import { unheardSince } from '../../web/board/heard.ts'
import { columnOf, totalOf } from '../../web/board/read-view.ts'
import { rank } from '../../web/board/ranking.ts'
import { everything } from '../../web/board/selection.ts'
import { timeLeft } from '../../web/board/time-left.ts'
import { timeline } from '../../web/board/timeline.ts'
import { boardViews, csvLink } from '../../web/board/views.ts'
import { speak } from '../../web/i18n/language.svelte.ts'
import { wilson } from '#shared/measures/wilson.ts'
import { rankedView } from './ranked-view.ts'

afterEach(() => speak('en'))

const view = rankedView(
  'agency',
  [
    ['PWD', 500, 80, 9, 0.571, 233, 408],
    ['SAN', 900, 20, 3, 0.88, 741, 842],
    ['PRK', 200, 40, 5, 0.79, 169, 214],
    ['HBR', 21, 10, 4, 1, 21, 21],
    ['NEW', 3, 3, 0, null, 0, 0],
  ],
  [null, 1624, 153, 21, 0.784, 1164, 1485],
)

test('reads cells by the name of their column, and knows no other', () => {
  expect(totalOf(view, 'received')).toBe(1624)
  expect(totalOf(view, 'satisfactionRate')).toBeNull()
  expect(columnOf(view, 'onTimeRate')[4]).toBeNull()
})

test('ranks a rate in groups, and gives no place to rows under minN or without a denominator', () => {
  const groups = rank(view, 'onTimeRate', 30).map(({ name, rows }) => [
    name,
    rows.map((r) => r.code),
  ])

  expect(groups).toEqual([
    ['above', ['SAN']],
    ['unclear', ['PRK']],
    ['below', ['PWD']],
    ['few', ['HBR', 'NEW']],
  ])
})

test('ranks a count by size', () => {
  expect(rank(view, 'open', 30)[0]!.rows.map((row) => row.code)).toEqual([
    'PWD',
    'PRK',
    'SAN',
    'HBR',
    'NEW',
  ])
})

test('computes the Wilson interval as published', () => {
  const [low, high] = wilson(81, 263)
  expect(low).toBeCloseTo(0.2553, 4)
  expect(high).toBeCloseTo(0.3662, 4)
  expect(wilson(0, 30)[0]).toBe(0)
  expect(wilson(30, 30)[1]).toBe(1)
})

test.each([
  ['count', 2914, 2767, 'percent', 'more'],
  ['count', 5, 0, 'count', 'more'],
  ['stock', 9486, 9598, 'count', 'fewer'],
  ['share', 0.784, 0.805, 'points', 'worse'],
  ['claim', 0.94, 0.89, 'points', 'higher'],
  ['duration', 3600, 1800, 'duration', 'slower'],
  ['count', 7, 7, 'percent', 'same'],
  ['share', 0.93021, 0.93019, 'points', 'same'],
] as const)('a %s of %d after %d changed in %s: %s', (kind, now, before, as, word) => {
  expect(changeOf(kind, now, before)).toMatchObject({ as, word })
})

test('a missing number has no change', () => {
  expect(changeOf('share', null, 0.5)).toBeUndefined()
  expect(changeOf('share', 0.5, null)).toBeUndefined()
})

test('the last step runs, and the first is cut when the window begins inside it', () => {
  const minute = Date.UTC(2026, 10, 19, 14, 38) / 60_000
  const keys = ['2026-11-18T14:00:00Z', '2026-11-18T15:00:00Z', '2026-11-19T14:00:00Z']

  const parts = timeline(keys, '24h', 'hour', minute, 'UTC').map((step) => step.part)

  expect(parts).toEqual(['cut', 'whole', 'running'])
})

test('the first step is cut too when its key is where the window begins', () => {
  const minute = Date.UTC(2026, 10, 19, 14, 38) / 60_000
  const keys = ['2026-11-18T14:38:00Z', '2026-11-18T15:00:00Z', '2026-11-19T14:00:00Z']

  expect(timeline(keys, '24h', 'hour', minute, 'UTC')[0]!.part).toBe('cut')
})

test('nothing is cut where the window begins with a step, in a half-hour zone too', () => {
  const minute = Date.UTC(2026, 10, 19, 14, 38) / 60_000
  const keys = ['2026-11-18T18:30:00Z', '2026-11-18T19:30:00Z', '2026-11-18T20:30:00Z']

  const parts = timeline(keys, 'today', 'hour', minute, 'Asia/Kolkata').map((step) => step.part)

  expect(parts).toEqual(['whole', 'whole', 'running'])
})

test('asks for one set of at most twenty views, and only by opened dimensions', () => {
  const selection = { ...everything, filters: [{ dimension: 'area', code: 'roxbury' }] } as const
  const views = boardViews(selection, ['area', 'channel'])

  expect(views.map((spec) => spec.id)).toEqual([
    ...['now', 'before', 'flow', 'flow-before', 'area', 'backlog', 'backlog-before'],
  ])
  expect(views[0]!.filters).toEqual({ area: ['roxbury'] })
  expect(views[4]!.filters).toBeUndefined()
})

test('categories are asked for in both periods, and not narrowed by their own dimension', () => {
  const filters = [
    { dimension: 'area', code: 'roxbury' },
    { dimension: 'category', code: 'noise' },
  ] as const
  const views = boardViews({ ...everything, filters }, ['area', 'category'])
  const ofCategories = views.filter((spec) => spec.by === 'category')

  expect(ofCategories.map((spec) => [spec.id, spec.period])).toEqual([
    ['category', undefined],
    ['category-before', 'previous'],
  ])
  expect(ofCategories.map((spec) => spec.filters)).toEqual(Array(2).fill({ area: ['roxbury'] }))
  expect(views.find((spec) => spec.id === 'backlog')!.filters).toMatchObject({
    category: ['noise'],
  })
})

test('links to the same answer as a file', () => {
  const spec = boardViews({ ...everything, window: '7d' }, [])[3]!
  expect(csvLink(spec)).toBe(
    '/api/v1/view.csv?measures=received%2Cclosed%2CresponseRate%2ConTimeRate&window=7d&by=hour&period=previous',
  )
})

test('nothing can be said about the time since every source fell silent', () => {
  const source = (heardAt: number | null, silent: boolean): SourceState => ({
    name: 's',
    kind: 'api',
    heardAt,
    newestAt: heardAt,
    silent,
  })
  expect(unheardSince([])).toBeUndefined()
  expect(unheardSince([source(5, true), source(9, false)])).toBeUndefined()
  expect(unheardSince([source(5, true), source(9, true)])).toBe(9)
})

test.each([
  ['en', 9.5 * DAY, '9 days left'],
  ['en', DAY, '1 day left'],
  ['en', DAY - 1, '23 hours left'],
  ['en', 1, '1 hour left'],
  ['en', 0, 'Closed'],
  ['zh', 3 * HOUR, '还剩 3 小时'],
] as const)('in %s, what closes in %d ms is said to be: %s', async (code, left, said) => {
  await speak(code)
  expect(timeLeft({ opensAt: -DAY, closesAt: left }, 0)).toBe(said)
})

test('what opens later says when, and not how long it will be open', () => {
  expect(timeLeft({ opensAt: DAY + 1, closesAt: 9 * DAY }, 0)).toBe('Opens in 2 days')
})

test('all drafts together are answered as the rate of their sums, and nothing without a comment (I7)', () => {
  const rate = (value: number | null, numerator: number, n: number) => ({ value, numerator, n })
  const told = answersView(
    new Map([
      ['ferry', rate(0.5, 50, 100)],
      ['market', rate(0, 0, 300)],
      ['new', rate(null, 0, 0)],
    ]),
  )
  expect(totalOf(told, 'answerRate')).toBe(0.125)
  expect(columnOf(told, 'answerRate')).toEqual([0.5, 0, null])
  expect(totalOf(answersView(new Map([['new', rate(null, 0, 0)]])), 'answerRate')).toBeNull()
})
