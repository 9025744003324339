import { expect, test } from 'vitest'
import { memberPath } from '#shared/member-path.ts'
import { NONE, type ViewState } from '#shared/view.ts'
import { firstRows } from '../../web/board/first-rows.ts'
import { everything, formatSelection, narrowTo, widenBy } from '../../web/board/selection.ts'
import { memberViews, partsOf } from '../../web/members/member-views.ts'
import { clearMovers } from '../../web/members/movers.ts'
import { promised } from '../../web/members/promised.ts'
import { standingText } from '../../web/members/standing.ts'
import { lengthText, targetText } from '../../web/members/target-text.ts'
import { weekRows } from '../../web/members/week.ts'

const HOURS = 3600
const DAYS = 24 * HOURS
const filter = { dimension: 'agency', code: 'PWD' } as const

test('a member of an opened dimension has a page, by its code; what is not stated has none', () => {
  expect(memberPath('agency', 'A/B c')).toBe('/agencies/A%2FB%20c')
  expect(memberPath('area', 'old-quay')).toBe('/areas/old-quay')
  expect(memberPath('category', 'Leaks')).toBe('/categories/Leaks')
  expect(memberPath('channel', 'phone')).toBeUndefined()
  expect(memberPath('agency', NONE)).toBeUndefined()
})

test('what the path narrows to comes first, in the place of others of its dimension, and not into the query', () => {
  const area = { dimension: 'area', code: 'N' } as const
  const asked = { ...everything, filters: [area, { dimension: 'agency', code: 'SAN' } as const] }
  const narrowed = narrowTo(asked, filter)

  expect(narrowed.filters).toEqual([filter, area])
  expect(formatSelection(widenBy(narrowed, 'agency'))).toBe('?area=N')
  expect(narrowTo(asked, undefined)).toBe(asked)
})

test('the week is asked of the member, with what else the page is narrowed to', () => {
  const area = { dimension: 'area', code: 'N' } as const
  const selection = { ...everything, filters: [filter, area] }
  const views = memberViews(selection, 'agency', ['agency', 'area', 'category'])

  expect(views.map(({ id }) => id)).toEqual(['week', 'week-before', 'moved', 'moved-before'])
  expect(views.map(({ filters }) => filters)).toEqual(
    Array(4).fill({ agency: ['PWD'], area: ['N'] }),
  )
  expect(views.map(({ period }) => period)).toEqual([undefined, 'previous', undefined, 'previous'])
  expect(views[2]).toMatchObject({ by: 'category', window: '7d' })
})

test('a category is ranked among all of them, and its week is taken apart by areas', () => {
  const selection = { ...everything, filters: [{ dimension: 'category', code: 'x' } as const] }
  const views = memberViews(selection, 'category', ['category', 'area'])
  const standing = views.find(({ id }) => id === 'category')!

  expect(standing.filters).toBeUndefined()
  expect(standing.measures).toContain('onTimeRate')
  expect(views.find(({ id }) => id === 'moved')!.by).toBe('area')
  expect(partsOf('category', ['category'])).toBeUndefined()
})

function week(cells: number[]): ViewState {
  const ids = [
    ...['received', 'closed', 'open', 'onTimeRate', 'onTimeRate.numerator', 'onTimeRate.n'],
    ...['timeToClose.p50', 'timeToClose.n'],
  ]
  return {
    id: 'week',
    columns: [{ id: 'key' }, ...ids.map((id) => ({ id }))],
    rows: [],
    totals: [null, ...cells],
  }
}

test('the week says a word only where chance does not explain the difference', () => {
  const now = week([200, 105, 50, 0.9, 180, 200, 2 * HOURS, 100])
  const before = week([100, 100, 40, 0.5, 100, 200, 3 * HOURS, 90])
  const rows = weekRows({ now, before, minN: 30 })
  const words = rows.map(({ measure, change }) => [measure, change?.amount, change?.word])

  expect(words.map((row) => row.join(' ').replaceAll('\u00a0', ' '))).toEqual([
    'received +100.0% more',
    'closed +5.0% unclear',
    'open +10 more',
    'onTimeRate +40.0 points better',
    'timeToClose −1 h 00 min faster',
  ])
  expect(rows[3]!.made).toBe('of 200 due after 200')
})

test('rates of few, and of intervals that overlap, are not called better or worse', () => {
  const change = (now: number[], before: number[]) =>
    weekRows({ now: week(now), before: week(before), minN: 30 })[3]!.change
  const few = [0, 0, 0, 1, 10, 10, 0, 0]

  expect(change(few, [0, 0, 0, 0.1, 1, 10, 0, 0])!.word).toBe('unclear')
  expect(change([0, 0, 0, 0.52, 52, 100, 0, 0], [0, 0, 0, 0.5, 50, 100, 0, 0])!.word).toBe(
    'unclear',
  )
})

const received = (rows: [string, number][]): ViewState => ({
  id: 'moved',
  columns: [{ id: 'key' }, { id: 'received' }],
  rows,
  totals: [null, 0],
})

test('those that clearly moved stand in the order of how far, and one that came to nothing is one of them', () => {
  const now = received([
    ['a', 100],
    ['b', 300],
    ['c', 101],
    ['new', 40],
  ])
  const before = received([
    ['a', 100],
    ['b', 100],
    ['c', 100],
    ['gone', 60],
  ])
  const movers = clearMovers(now, before, { minN: 30, most: 3 })

  expect(movers.map(({ code, move }) => `${code} ${move}`)).toEqual([
    'b more',
    'gone fewer',
    'new more',
  ])
})

const ranking: ViewState = {
  id: 'agency',
  columns: ['key', 'onTimeRate', 'onTimeRate.numerator', 'onTimeRate.n'].map((id) => ({ id })),
  rows: [
    ['SAN', 0.95, 950, 1000],
    ['PRK', 0.79, 79, 100],
    ['PWD', 0.5, 250, 500],
    ['HBR', 1, 9, 9],
    ['NEW', null, 0, 0],
  ],
  totals: [null, 0.8, 1288, 1609],
}

test.each([
  ['SAN', '95.0% on time, clearly above the 80.0% of all (95%: 93–96, n\u00a01,000)'],
  ['PRK', '79.0% on time: no clear difference from the 80.0% of all (95%: 70–86, n\u00a0100)'],
  ['PWD', '50.0% on time, clearly below the 80.0% of all (95%: 46–54, n\u00a0500)'],
  ['HBR', '9 of 9 on time: too few to compare, under 30'],
  ['NEW', 'Nothing fell due in this window'],
  ['who', 'Nothing fell due in this window'],
])('%s stands no higher or lower than its interval allows', (code, said) => {
  expect(standingText(ranking, code, 30)).toBe(said)
})

test('a ranking shows the member of the page wherever it stands', () => {
  const rows = Array.from({ length: 30 }, (_, i) => ({
    code: `c${i}`,
    received: 0,
    open: 0,
    overdue: 0,
    onTime: { value: null, hits: 0, n: 0 },
  }))
  const shown = firstRows([{ name: 'all', rows }], (code) => code === 'c29')

  expect(shown[0]!.rows.map(({ code }) => code).slice(-2)).toEqual(['c11', 'c29'])
})

test.each([
  [{ respond: 24 * HOURS, onTime: 5 * DAYS }, '24 hours by the clock to respond, 5 days to close'],
  [{ respond: 1 * HOURS, onTime: null }, '1 hour by the clock to respond'],
  [{ respond: null, onTime: 36 * HOURS }, '36 hours by the clock to close'],
  [{ respond: null, onTime: null }, 'No target by the clock'],
])('a target of %j is said in words', (target, said) => {
  expect(targetText(target)).toBe(said)
  expect(lengthText(90 * 60)).toBe('90 minutes')
})

test('categories that promise the same are told together, those that promise nothing last', () => {
  const quick = { respond: 24 * HOURS, onTime: 2 * DAYS }
  const targets = { a: { respond: null, onTime: null }, b: quick, c: { ...quick } }

  expect(promised({ targets, codes: ['a', 'b', 'c', 'unknown'] })).toEqual([
    { codes: ['b', 'c'], target: quick },
    { codes: ['a'], target: targets.a },
  ])
  expect(promised({ targets: undefined, codes: ['a'] })).toEqual([])
})
