import { expect, test } from 'vitest'
import type { ViewState } from '#shared/view.ts'
import { compareHref, compareLink } from '../../web/board/compare-link.ts'
import { factsOf } from '../../web/board/card-facts.ts'
import { everything } from '../../web/board/selection.ts'
import { createTimes } from '../../web/i18n/times.ts'
import { flowData } from '../../web/board/flow.ts'
import { comparedCategories } from '../../web/compare/compared-categories.ts'
import { peakOf, stepsOf } from '../../web/compare/compared-flow.ts'
import { compareViews, flowOf } from '../../web/compare/compare-views.ts'
import { areApart, formatComparison, parseComparison } from '../../web/compare/comparison.ts'
import { differenceOf } from '../../web/compare/difference.ts'
import { figures, reachOf } from '../../web/compare/figures.ts'

/** Table II of Newcombe 1998, Statistics in Medicine 17, 873–890, method 10, without continuity correction. */
test.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [6, 7, 2, 7, 0.0582, 0.8062],
  [5, 56, 0, 29, -0.0381, 0.1926],
  [0, 10, 0, 20, -0.1611, 0.2775],
  [0, 10, 0, 10, -0.2775, 0.2775],
  [10, 10, 0, 20, 0.6791, 1],
  [10, 10, 0, 10, 0.6075, 1],
])('%i of %i less %i of %i lies where it was published: %d to %d', (a, m, b, n, low, high) => {
  const interval = differenceOf({ hits: a, n: m }, { hits: b, n })

  expect(interval[0]).toBeCloseTo(low, 4)
  expect(interval[1]).toBeCloseTo(high, 4)
})

const choices = {
  opened: ['agency', 'area', 'category'] as const,
  members: {
    agency: [
      { code: 'PWD', names: {} },
      { code: 'a:b', names: {} },
    ],
    area: [{ code: 'Old Town', names: {} }],
  },
}
const parsed = (query: string) => parseComparison(query, choices)

test('an address says both sides and the window, and is the same for equal comparisons', () => {
  const comparison = parsed('?window=7d&a=agency:PWD&b=previous:agency:a:b')

  expect(comparison).toEqual({
    a: { filter: { dimension: 'agency', code: 'PWD' } },
    b: { filter: { dimension: 'agency', code: 'a:b' }, period: 'previous' },
    window: '7d',
    show: [],
  })
  expect(formatComparison(comparison)).toBe('?a=agency%3APWD&b=previous%3Aagency%3Aa%3Ab&window=7d')
  expect(parsed(formatComparison(comparison))).toEqual(comparison)
  const shown = parsed('?show=all-categories,upside-down,flows-table')
  expect(formatComparison(shown)).toBe('?a=now&b=previous&show=flows-table,all-categories')
  const past = parsed('?at=812,29923945')
  expect(past.at).toEqual([812, 29923945])
  expect(formatComparison(past)).toBe('?a=now&b=previous&at=812,29923945')
  expect(parsed('?at=now')).not.toHaveProperty('at')
})

test.each([
  '',
  '?a=&b=',
  '?a=agency:nobody&b=channel:phone',
  '?a=agency&b=previous:nothing',
  '?a=__proto__:x&b=:',
])('%j compares the city with itself, the period before', (query) => {
  expect(parsed(query)).toEqual({ a: {}, b: { period: 'previous' }, window: '24h', show: [] })
})

test('the board leads to a comparison of what it is narrowed to', () => {
  const agency = { dimension: 'agency', code: 'PWD' } as const
  const area = { dimension: 'area', code: 'Old Town' } as const
  const linked = (...filters: (typeof agency | typeof area)[]) =>
    parsed(new URL(compareLink({ ...everything, window: '7d', filters }), 'http://city').search)

  expect(linked()).toMatchObject({ a: {}, b: { period: 'previous' }, window: '7d' })
  expect(linked(agency)).toMatchObject({ a: { filter: agency }, b: {}, window: '7d' })
  expect(linked(agency, area)).toMatchObject({ a: { filter: agency }, b: { filter: area } })
  expect(compareHref({}, {})).toBe('/compare?a=now&b=now')
})

test('two sides are apart only where no ticket can be on both', () => {
  const apart = (query: string) => areApart(parsed(query))

  expect(apart('?a=agency:PWD&b=agency:a:b')).toBe(true)
  expect(apart('?a=agency:PWD&b=previous:agency:PWD')).toBe(true)
  expect(apart('?a=now&b=previous')).toBe(true)
  expect(apart('?a=agency:PWD&b=now')).toBe(false)
  expect(apart('?a=agency:PWD&b=area:Old+Town')).toBe(false)
  expect(apart('?a=agency:PWD&b=agency:PWD')).toBe(false)
})

test('both sides are asked the same, in one set of at most 20 views', () => {
  const views = compareViews(parsed('?a=agency:PWD&b=previous&window=7d'), choices.opened)
  const of = (side: string) =>
    views
      .filter(({ id }) => id!.startsWith(side))
      .map(({ measures, by, window }) => ({ measures, by, window }))

  expect(views.map(({ id }) => id)).toEqual([
    ...['a', 'a-flow', 'a-category'],
    ...['b', 'b-flow', 'b-category'],
  ])
  expect(of('a')).toEqual(of('b'))
  expect(views[0]).toMatchObject({ filters: { agency: ['PWD'] }, window: '7d' })
  expect(views[3]).toMatchObject({ period: 'previous' })
  expect(compareViews(parsed(''), []).map(({ by }) => by)).not.toContain('category')
})

const rates = ['responseRate', 'onTimeRate', 'resolutionAsserted']

/** The totals of a side; of each share what it was made of. */
function totals(numbers: Record<string, number | null>): ViewState {
  const ids = Object.keys(numbers)
  return {
    id: 'a',
    columns: ['key', ...ids].map((id) => ({ id })),
    rows: [],
    totals: [null, ...ids.map((id) => numbers[id]!)],
  }
}

const share = (measure: string, hits: number, n: number) => ({
  [measure]: n === 0 ? null : hits / n,
  [`${measure}.numerator`]: hits,
  [`${measure}.n`]: n,
})

const terms = { minN: 30, areApart: true }
const figure = (id: string, a: ViewState, b: ViewState, more = terms) =>
  figures({ a, b }, more).find((one) => one.id === id)!

test('a difference of shares carries the interval of what it was made of', () => {
  const [a, b] = [totals(share('onTimeRate', 56, 70)), totals(share('onTimeRate', 48, 80))]
  const { difference, ...values } = figure('onTimeRate', a, b)

  expect(values.a).toEqual({ value: [{ value: '80.0', unit: '%' }], made: '56 of 70' })
  expect(difference).toMatchObject({ amount: '+20.0 points', word: 'higher' })
  expect(difference!.interval).toMatchObject({ text: '+5.2 to +33.4 (95%)' })
  expect(figure('onTimeRate', b, a).difference).toMatchObject({
    amount: '−20.0 points',
    word: 'lower',
  })
  expect(reachOf(figures({ a, b }, terms))).toBeCloseTo(0.3339, 4)
})

test('what may be chance, is of too few, or has tickets on both sides is not called higher without saying so', () => {
  const [a, b] = [totals(share('onTimeRate', 35, 70)), totals(share('onTimeRate', 32, 70))]
  const word = (minN: number, areApart: boolean) => {
    const { difference } = figure('onTimeRate', a, b, { minN, areApart })
    return [difference?.word, difference?.interval !== undefined]
  }

  expect(word(30, true)).toEqual(['unclear', true])
  expect(word(71, true)).toEqual(['few', false])
  expect(word(30, false)).toEqual(['higher', false])
})

test('nothing to divide by is no difference and no number', () => {
  const [a, b] = [totals(share('onTimeRate', 0, 0)), totals(share('onTimeRate', 3, 4))]
  const { difference, ...values } = figure('onTimeRate', a, b)

  expect([values.a.value, difference]).toEqual([undefined, undefined])
})

test('counts of separate tickets are judged by what chance makes of them, stocks are only told apart', () => {
  const [a, b] = [totals({ received: 96, open: 40 }), totals({ received: 32, open: 38 })]
  const received = figure('received', a, b).difference

  expect(received).toMatchObject({ amount: '+64 (+200.0%)', word: 'more' })
  expect(figure('received', totals({ received: 40 }), b).difference?.word).toBe('unclear')
  expect(figure('open', a, b).difference).toMatchObject({ amount: '+2 (+5.3%)', word: 'more' })
  expect(figure('received', a, totals({ received: 0 })).difference?.amount).toBe('+96')
})

test('every share that is shown is judged as one', () => {
  const many = Object.assign({}, ...rates.map((id) => share(id, 90, 100))) as Record<string, number>
  const few = Object.assign({}, ...rates.map((id) => share(id, 10, 100))) as Record<string, number>

  for (const id of rates)
    expect(figure(id, totals(many), totals(few)).difference?.interval).toBeDefined()
})

const hour = (n: number) => new Date(Date.UTC(2026, 10, 18, 14 + n)).toISOString()
const minute = Date.UTC(2026, 10, 19, 14, 38) / 60_000

function flow(first: number, values: number[]): ViewState {
  return {
    id: 'a-flow',
    columns: [{ id: 'hour' }, { id: 'received' }, { id: 'closed' }],
    rows: values.map((value, index) => [hour(first + index), value, 1]),
    totals: [null, 0, 0],
  }
}

test('the period that runs ends unfinished, the one before is cut where it was', () => {
  const of = (first: number, isBefore: boolean) =>
    stepsOf({
      view: flow(first, Array<number>(25).fill(1)),
      isBefore,
      window: '24h',
      minute,
      zone: 'UTC',
    }).map(({ part }) => part)

  expect([of(0, false)[0], of(0, false)[1], of(0, false)[24]]).toEqual(['cut', 'whole', 'running'])
  expect([of(-24, true)[0], of(-24, true)[1], of(-24, true)[24]]).toEqual(['cut', 'whole', 'cut'])
})

test('a card says of which window the number of a side is: the one that runs, or the one before it', () => {
  const flows = { 'a-flow': flow(0, Array(25).fill(1)), 'b-flow': flow(-24, Array(25).fill(1)) }
  const said = (view: string, answeredWindow: '24h' | 'today') => {
    const specs = compareViews(parsed(`?a=agency:PWD&b=previous&window=${answeredWindow}`), [
      'category',
    ])
    const board = {
      ...{ answeredWindow, minute, flowOf, published: { newest: undefined } },
      spec: (id: string) => specs.find((one) => one.id === id),
      view: (id: string) => flows[id as keyof typeof flows],
      times: createTimes('UTC'),
    }
    return factsOf(board, { measure: 'onTimeRate', view })[0]![1]
  }

  expect(said('a', '24h')).toBe('24 hours, since Wed 14:38')
  expect(said('b', '24h')).toBe('the 24 hours before, from Tue 14:38 on')
  expect(said('b-category', 'today')).toBe('yesterday up to this time, from Tue 14:00 on')
})

test('two charts reach as far as the larger number', () => {
  const chart = (values: number[]) => {
    const view = flow(0, values)
    const rest = { window: '24h', zone: 'UTC', minute } as const
    const steps = stepsOf({ view, isBefore: false, ...rest })
    const more = { before: undefined, unheardSince: undefined, breaks: [] }
    return flowData({ flow: view, window: '24h', steps, times: createTimes('UTC'), ...more })
  }

  expect(peakOf([chart([3, 7]), chart([2, 19, 4])])).toBe(19)
  expect(peakOf([])).toBe(0)
})

test('a category of one side alone stands beside nothing, the most received first', () => {
  const view = (rows: [string, number][]): ViewState => ({
    id: 'a-category',
    columns: [{ id: 'category' }, { id: 'received' }],
    rows,
    totals: [null, 0],
  })
  const [a, b] = [
    view([
      ['Noise', 3],
      ['Leaks', 4],
    ]),
    view([
      ['Noise', 2],
      ['Trees', 1],
    ]),
  ]

  const list = comparedCategories({ a, b }, { Noise: { onTime: 60, respond: null } })
  expect(list.map(({ code }) => code)).toEqual(['Noise', 'Leaks', 'Trees'])
  expect(list[0]).toMatchObject({ a: { received: 3, target: 60 }, b: { received: 2 } })
  expect([list[1]!.b, list[2]!.a]).toEqual([undefined, undefined])
})
