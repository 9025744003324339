import { expect, test } from 'vitest'
import { satisfactionRate } from '#shared/measures/satisfaction-rate.ts'
import type { ViewState } from '#shared/view.ts'
import { calendarOf } from '../../server/cube/calendar.ts'
import { windowsEndingOn } from '../../server/publications/grid.ts'
import { cellWriter, fieldReader, workedText } from '../../web/board/card-content.ts'
import { allCategories } from '../../web/board/categories.ts'
import { chipsOf } from '../../web/board/chips.ts'
import { flowSay } from '../../web/board/flow-say.ts'
import { judgedSentence } from '../../web/board/judged.ts'
import { pairContent, publishedText, satisfactionContent } from '../../web/board/survey-tiles.ts'
import { tileContents } from '../../web/board/tiles.ts'
import type { Step } from '../../web/board/timeline.ts'
import { toldPair, toldRate } from '../../web/board/told.ts'
import { publishedDays } from '../../web/board/views.ts'
import { points, signedPercent, signedWholePoints } from '../../web/i18n/format.ts'
import { t } from '../../web/i18n/t.ts'
import { wholeDaysText } from '../../web/i18n/whole-days.ts'
import type { PublishedView } from '../../web/live/ask-published.ts'
import { newestWindow, windowBefore } from '../../web/live/whole-days.ts'

const steps: Step[] = [
  { startAt: 0, part: 'cut' },
  { startAt: 1, part: 'whole' },
  { startAt: 2, part: 'whole' },
  { startAt: 3, part: 'running' },
]

/** A view by step of `received` and of the counts of one rate. */
function byStep(received: number[], hits: number[], n: number[]): ViewState {
  const columns = ['hour', 'received', 'onTimeRate', 'onTimeRate.numerator', 'onTimeRate.n']
  return {
    id: 'flow',
    columns: columns.map((id) => ({ id })),
    rows: received.map((value, i) => [String(i), value, hits[i]! / n[i]!, hits[i]!, n[i]!]),
    totals: [null, 0, null, 0, 0],
  }
}

const flow = byStep([90, 10, 20, 3], [0, 8, 9, 0], [10, 10, 10, 10])
const flowBefore = byStep([1, 20, 20, 99], [9, 10, 10, 9], [10, 10, 10, 10])

test('the live tiles say number, change, what it was made of and its line', () => {
  const columns = ['total', 'received', 'open', 'overdue', 'responseRate', 'onTimeRate']
  const now = {
    id: 'now',
    columns: [...columns, 'onTimeRate.numerator', 'onTimeRate.n'].map((id) => ({ id })),
    rows: [],
    totals: [null, 2914, 9486, 1342, null, 0.784, 2252, 2872],
  } satisfies ViewState
  const before = { ...now, totals: [null, 2385, 9598, 0, null, 0.805, 0, 0] } satisfies ViewState

  const tiles = tileContents({ now, before, flow, flowBefore, steps }, '14:00')
  const [received, open, response, onTime] = tiles

  expect(tiles.map(({ id }) => id)).toEqual(['received', 'open', 'responseRate', 'onTimeRate'])
  expect(received).toMatchObject({
    value: [{ value: '2,914', unit: '' }],
    change: { amount: '+22.2%', word: 'more' },
    made: '3 of them since 14:00',
    line: [null, 10, 20, 3],
    ghost: [null, 20, 20, null],
    isRunning: true,
  })
  expect(open).toMatchObject({
    change: { amount: '−112', word: 'fewer' },
    made: '1,342 overdue',
    isOverdue: true,
    isRunning: false,
  })
  expect(response).toMatchObject({ value: undefined, missing: { word: 'no data' } })
  expect(onTime).toMatchObject({
    value: [{ value: '78.4', unit: '%' }],
    change: { amount: '−2.1 points', word: 'worse' },
    made: '2,252 of 2,872 due',
    ghost: [],
  })
})

test('the whole city has come by as much on its tile as among the categories', () => {
  const view = (id: string, n: number): ViewState => ({
    id,
    columns: [{ id: 'total' }, { id: 'received' }],
    rows: [],
    totals: [null, n],
  })
  const [now, before] = [view('now', 123), view('before', 100)]

  const [tile] = tileContents({ now, before, flow, flowBefore, steps }, undefined)
  const all = allCategories({ now, before, targets: undefined })

  expect(tile?.change?.amount).toBe(signedPercent((all.received - all.before!) / all.before!))
})

test('a window that has only just begun says that it is too early, not that nothing was before', () => {
  const running: Step[] = [{ startAt: 0, part: 'running' }]
  const now: ViewState = {
    id: 'now',
    columns: [{ id: 'total' }, { id: 'received' }],
    rows: [],
    totals: [null, 3],
  }
  const views = { now, before: now, flow, flowBefore, steps: running }
  expect(tileContents(views, undefined)[0]).toMatchObject({
    change: undefined,
    noChange: 'too early to compare',
  })
})

/** What a server answers of one publication: each count rounded, with the range it lies in. */
function publication(cells: Record<string, number | null>, start = '2026-11-21'): PublishedView {
  return {
    id: 'published',
    columns: [{ id: 'total' }, ...Object.keys(cells).map((id) => ({ id }))],
    rows: [],
    totals: [null, ...Object.values(cells)],
    days: { start, end: '2026-11-22' },
    publishedAt: 0,
    seq: 1,
    at: [1, 1],
  }
}

const saturday = publication({
  resolutionConfirmed: 0.73,
  'resolutionConfirmed.numerator': 235,
  'resolutionConfirmed.n': 320,
  resolutionGap: 0.203,
  'resolutionGap.asserted': 300,
  'resolutionGap.n': 320,
  satisfactionRate: 0.66,
  'satisfactionRate.numerator': 210,
  'satisfactionRate.n': 320,
  surveyCoverage: 0.06,
})
const friday = publication({
  resolutionConfirmed: 0.7,
  resolutionGap: 0.187,
  'resolutionGap.asserted': 285,
  'resolutionGap.n': 320,
  satisfactionRate: 0.68,
})
/** Fewer than 10 answered. */
const few = publication({
  resolutionConfirmed: null,
  'resolutionConfirmed.n': null,
  'resolutionConfirmed.n.high': 9,
  resolutionGap: null,
  satisfactionRate: null,
  'satisfactionRate.n': 15,
  'satisfactionRate.n.high': 17,
})

test('the pair tells two judges of one population, the distance between them and the coverage', () => {
  const pair = pairContent({ state: 'known', run: [friday, saturday] })

  expect(pair.citizens).toMatchObject({
    label: 'Resolved, citizens say',
    value: [{ value: '73', unit: '%' }],
    change: { amount: '+3 points', word: 'better' },
    made: '235 of 320, coverage\u00a06%',
  })
  expect(pair.agencies).toMatchObject({
    value: [{ value: '94', unit: '%' }],
    change: { amount: '+5 points', word: 'higher' },
    made: '300 of the same 320',
  })
  expect(pair.gap).toEqual({
    citizens: 0.73,
    agencies: 0.94,
    apart: '20.3 points',
    moved: 'wider by 1.6',
  })
})

test('what is withheld is "not shown" with its reason, and nothing is drawn of it', () => {
  const pair = pairContent({ state: 'known', run: [few] })
  const satisfaction = satisfactionContent({ state: 'known', run: [saturday, undefined, few] })

  expect(pair.citizens).toMatchObject({
    value: undefined,
    missing: { word: 'not shown', why: '< 10 answered' },
    made: '',
  })
  expect(pair.gap).toBeUndefined()
  expect(toldRate(few, 'satisfactionRate').withheld).toBe('small')
  expect(satisfaction).toMatchObject({
    missing: { word: 'not shown', why: 'a small group is protected' },
    line: [0.66, null, null],
  })
})

test('where nothing is published there is no data, and not nought', () => {
  const none = { state: 'none', run: [], isFailing: false } as const

  expect(pairContent(none).citizens).toMatchObject({
    value: undefined,
    missing: { word: 'no data', why: 'not published yet' },
  })
  expect(publishedText(none)).toBe('not published yet')
  expect(publishedText({ ...none, state: 'loading' })).toBe('asking what is published')
})

test('a published number says its days, and whether newer ones could not be asked for', () => {
  const known = { state: 'known', run: [saturday] } as const
  expect(publishedText({ ...known, isFailing: false })).toBe('published for Sat 21 Nov')
  expect(publishedText({ ...known, isFailing: true })).toBe('for Sat 21 Nov, not renewed')
})

test('the share that agencies assert is of those who were asked', () => {
  expect(toldPair(saturday).agencies).toEqual({ value: 0.94, hits: 300, n: 320 })
})

test('the sentence says of the judges what their tile says, and nothing where that has no two numbers', () => {
  const say = (newest: PublishedView | undefined, isNarrowed = false) => {
    const said = judgedSentence({ newest, isNarrowed })
    return said && `${t(said.key, said.values)} ${said.note}`
  }

  expect(say(saturday)).toBe(
    'Where citizens answered, agencies call 94% resolved; the citizens say 73%. Sat 21 Nov, as first published',
  )
  expect(say(few)).toBeUndefined()
  expect(say(undefined)).toBeUndefined()
  expect(say(saturday, true)).toBeUndefined()
})

test('the page knows the same grid of whole days as the server', () => {
  const calendar = calendarOf('UTC')
  for (const days of [1, 7, 30, 90] as const) {
    for (let date = Date.UTC(2026, 0, 1); date < Date.UTC(2026, 6, 1); date += 86_400_000) {
      const today = new Date(date).toISOString().slice(0, 10)
      const found = newestWindow(days, today)
      const ends = windowsEndingOn(found.end, calendar).find((window) => window.days === days)

      expect(ends).toMatchObject({ startsOn: found.start, endsOn: found.end })
      expect(found.end <= today && today < newestWindow(days, '2027-01-01').end).toBe(true)
      expect(Date.parse(today) - Date.parse(found.end)).toBeLessThan(days * 86_400_000)
      expect(windowBefore(found).end).toBe(found.start)
    }
  }
})

test('beside a window stand the whole days that fit it', () => {
  expect((['1h', '24h', 'today', '7d', '30d', '90d'] as const).map(publishedDays)).toEqual([
    1, 1, 1, 7, 30, 90,
  ])
})

test('whole days and whole points are said as people say them', () => {
  const say = (start: string, end: string) =>
    wholeDaysText({ start, end }).replaceAll(/\s/g, ' ').replaceAll(' – ', '–')
  expect(say('2026-11-21', '2026-11-22')).toBe('Sat 21 Nov')
  expect(say('2026-11-09', '2026-11-16')).toBe('9–15 Nov')
  expect(say('2026-10-08', '2026-11-07')).toBe('8 Oct–6 Nov')
  expect(points(0.184)).toBe('18.4 points')
  expect(signedWholePoints(0.8 - 0.83)).toBe('−3 points')
  expect(signedWholePoints(0.001)).toBe('0 points')
})

test('the flow says what it did to the open tickets only where that adds up', () => {
  const columns = ['total', 'received', 'closed', 'reopened', 'open'].map((id) => ({ id }))
  const view = (...totals: number[]): ViewState => ({
    id: 'now',
    columns,
    rows: [],
    totals: [null, ...totals],
  })

  expect(flowSay(view(2914, 3085, 59, 9486), view(0, 0, 0, 9598))).toBe(
    '171 more closed than received; with 59 reopened, 112 fewer are open',
  )
  expect(flowSay(view(10, 10, 2, 50), view(0, 0, 0, 99))).toBe(
    'as many closed as received; 2 reopened',
  )
  expect(flowSay(view(12, 10, 0, 50), undefined)).toBe('2 more received than closed')
})

test('the row of filters is first what the board is narrowed to, in the order in which it was', () => {
  const filters = [
    { dimension: 'category', code: 'lights' },
    { dimension: 'area', code: 'north' },
    { dimension: 'area', code: 'south' },
  ] as const

  const chips = chipsOf(filters, ['agency', 'area', 'category'])

  expect(chips.map(({ dimension, code, isChoice }) => [dimension, code, isChoice])).toEqual([
    ['category', 'lights', true],
    ['area', 'north', false],
    ['area', 'south', false],
    ['agency', undefined, true],
  ])
})

test('a card writes published numbers as they were published', () => {
  const about = { measure: 'satisfactionRate', view: 'published' } as const
  const say = (view: PublishedView) => {
    const read = fieldReader(view, about)
    return workedText(satisfactionRate, read, cellWriter(about, read))
  }

  expect(say(saturday)).toBe('210 ÷ 320 = 66%')
  expect(say(publication({ 'satisfactionRate.n': null, 'satisfactionRate.n.high': 9 }))).toBe(
    'not shown ÷ < 10 = not shown',
  )
})
