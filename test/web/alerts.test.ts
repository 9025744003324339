import { afterEach, expect, test } from 'vitest'
import type { Deployment } from '#shared/deployment.ts'
import { DAY, HOUR } from '#shared/time.ts'
import type { SourceState } from '#shared/wire.ts'
import { alertLine } from '../../web/board/alert-line.ts'
import { type Alert, alertsOf, type Known } from '../../web/board/alerts.ts'
import { knownOf } from '../../web/board/known-of.ts'
import { steadyAlerts } from '../../web/board/steady-alerts.ts'
import { speak } from '../../web/i18n/language.svelte.ts'
import { createTimes } from '../../web/i18n/times.ts'
import { rankedView } from './ranked-view.ts'

afterEach(() => speak('en'))

const now = Date.UTC(2026, 10, 19, 14, 38)
const source = (change: Partial<SourceState>): SourceState => ({
  ...{ name: 'app', kind: 'app', heardAt: now - 60_000, newestAt: now - 60_000, silent: false },
  ...change,
})
const draft = (code: string, closesAt: number, opensAt = 0) => ({
  code,
  titles: { en: code },
  opensAt,
  closesAt,
})
const categories = (rows: [string, number, number][]) =>
  rankedView(
    'category',
    rows.map(([code, open, overdue]) => [code, 0, open, overdue, null, 0, 0]),
    [null, 0, 0, 0, null, 0, 0],
  )
const quiet: Known = {
  now,
  minN: 30,
  sources: [source({})],
  agencies: undefined,
  categories: undefined,
  consultations: [],
  polls: [],
}
const kinds = (change: Partial<Known>) => alertsOf({ ...quiet, ...change }).map(nameOf)
const nameOf = (alert: Alert) => `${alert.kind} ${'code' in alert ? alert.code : alert.name}`

test('where nothing is to be said, nothing is', () => {
  expect(alertsOf(quiet)).toEqual([])
})

test('a source is silent as the server says it, and late when it is heard with nothing new', () => {
  const sources = [
    source({ name: 'hotline', silent: true, heardAt: now - HOUR }),
    source({ name: 'new', silent: false, heardAt: null, newestAt: null }),
    source({ name: 'counter', newestAt: now - 2 * DAY - 1 }),
    source({ name: 'desk', newestAt: now - 2 * DAY }),
    source({ name: 'archive', kind: 'file', newestAt: 0 }),
  ]
  expect(alertsOf({ ...quiet, sources })).toEqual([
    { kind: 'silent', name: 'hotline', since: now - HOUR },
    { kind: 'late', name: 'counter', since: now - 2 * DAY - 1 },
  ])
})

test('what closes within three days is told, the first first, and nothing that is closed or not yet open', () => {
  const consultations = [
    draft('later', now + 2 * DAY),
    draft('far', now + 3 * DAY),
    draft('closed', now),
    draft('ahead', now + DAY, now + HOUR),
  ]
  const polls = [draft('first', now + 1)]
  expect(kinds({ consultations, polls })).toEqual(['poll first', 'consultation later'])
})

test('an agency has missed most when its whole interval lies below a half, and of too few nothing is claimed', () => {
  const row = (code: string, hits: number, n: number) => [code, 0, 0, 0, hits / n, hits, n]
  const rows = [row('half', 45, 100), row('most', 35, 100), row('all', 0, 30), row('few', 0, 29)]
  const agencies = rankedView('agency', rows as never, [null, 0, 0, 0, null, 0, 0])
  expect(kinds({ agencies })).toEqual(['missed all', 'missed most'])
})

test('a category has more open or overdue only beyond what chance makes of one pair in a thousand', () => {
  const before = categories([
    ['lights', 1000, 200],
    ['waste', 100, 0],
    ['trees', 100, 50],
    ['noise', 0, 0],
  ])
  const after = categories([
    ['lights', 1010, 290],
    ['waste', 160, 0],
    ['trees', 130, 70],
    ['noise', 29, 9],
    ['water', 31, 0],
  ])
  expect(kinds({ categories: { now: after, before } })).toEqual([
    'overdue lights',
    'open water',
    'open waste',
  ])
  // What fell is no alarm.
  expect(kinds({ categories: { now: before, before: after } })).toEqual([])
})

test('sources stand first, since numbers without them are wrong; what is overdue before what is open', () => {
  const before = categories([
    ['a', 10, 0],
    ['b', 10, 0],
  ])
  const all = kinds({
    sources: [source({ silent: true })],
    consultations: [draft('c', now + DAY)],
    categories: {
      now: categories([
        ['a', 900, 0],
        ['b', 100, 100],
      ]),
      before,
    },
  })
  expect(all).toEqual(['silent app', 'consultation c', 'overdue b', 'open a'])
})

test('of a member are its own numbers, those of others narrowed to it, and what it asks; of sources it has none', () => {
  const row = (code: string) => [code, 0, 0, 0, 0, 0, 100]
  const agencies = rankedView('agency', [row('PWD'), row('PK')] as never, [null])
  const stocks = (open: number) =>
    categories([
      ['lights', open, 0],
      ['waste', open, 0],
    ])
  const asked = { ...draft('of both', now + DAY), agency: 'PK', area: 'N', category: null }
  const known: Known = {
    ...quiet,
    sources: [source({ silent: true })],
    agencies,
    categories: { now: stocks(900), before: stocks(10) },
    consultations: [asked, draft('of nobody', now + DAY)],
    polls: [{ ...asked, code: 'poll', agency: 'PWD', area: null }],
  }
  const of = (...[dimension, code]: ['agency' | 'area' | 'category', string]) =>
    alertsOf(knownOf({ dimension, code }, known)).map(nameOf)

  expect(of('agency', 'PK')).toEqual([
    ...['consultation of both', 'missed PK', 'open lights', 'open waste'],
  ])
  expect(of('area', 'N')).toEqual([
    ...['consultation of both', 'missed PWD', 'missed PK', 'open lights', 'open waste'],
  ])
  expect(of('category', 'waste')).toEqual(['missed PWD', 'missed PK', 'open waste'])
})

const flow = { id: 'flow', columns: [{ id: 'hour' }], rows: [['2026-11-18T14:00Z']], totals: [] }
const reader: Parameters<typeof alertLine>[1] = {
  answeredWindow: '24h',
  minute: now / 60_000,
  get times() {
    return createTimes('UTC')
  },
  deployment: undefined as Deployment | undefined,
  freshness: { state: 'live', now, asOf: now, behind: 0, heardAt: now, silentSources: [] },
  member: undefined,
  view: () => flow as never,
  spec: () => undefined,
  nameOf: (_, code) => `«${code}»`,
}

test.each([
  [
    'en',
    { kind: 'overdue', code: 'street lights', now: 1386, before: 210 },
    'More overdue: «street lights»',
    '1,386 overdue; 24 hours earlier: 210',
    'since Wed 14:38',
    '/categories/street%20lights?window=24h',
  ],
  [
    'zh',
    { kind: 'missed', code: 'PWD', hits: 12, n: 80 },
    '多数未按期办结：«PWD»',
    '到期的 80 件中，按期办结 12 件',
    '周三 14:38起',
    '/agencies/PWD?window=24h',
  ],
  [
    'en',
    { kind: 'silent', name: 'hotline', since: now - HOUR },
    'hotline is silent',
    'What it takes in is missing from the numbers here.',
    'last heard 13:38:00',
    '/status',
  ],
  [
    'zh',
    { kind: 'consultation', code: 'ferry', titles: { zh: '夜渡' }, closesAt: now + DAY },
    '夜渡',
    '这部草案即将停止征求意见。',
    '周五 14:38截止',
    '/consultations/ferry',
  ],
] as const)(
  'in %s, %j says what, by which numbers, since when and where',
  async (code, alert, ...said) => {
    await speak(code)
    const { title, detail, since, href, about } = alertLine(alert, reader)
    expect([title, detail, since, href]).toEqual(said)
    expect(about?.row?.key).toBe(about && 'code' in alert ? alert.code : undefined)
  },
)

test('an alert leads to the tickets that it counts; on the page of whom it names, to the panel that has its number', () => {
  const filters = { area: ['Old Town'] }
  const narrow = { ...reader, spec: () => ({ measures: [], window: '24h', filters }) as const }
  const missed = { kind: 'missed', code: 'PWD', hits: 12, n: 80 } as const
  const hrefOn = (dimension: 'agency' | 'area' | 'category', code: string) =>
    alertLine(missed, { ...narrow, member: { dimension, code } }).href

  expect(hrefOn('area', 'Old Town')).toBe('/agencies/PWD?area=Old+Town&window=24h')
  expect(hrefOn('category', 'PWD')).toBe('/agencies/PWD?area=Old+Town&window=24h')
  expect(hrefOn('agency', 'PWD')).toBe('#panel-agency')
})

test('an alert stays where it stood, also when another grows past it; new ones come after those as grave', () => {
  const steady = steadyAlerts()
  const stock = (code: string, kind: 'open' | 'overdue' = 'open'): Alert => ({
    ...{ kind, code, now: 90, before: 10 },
  })
  const late: Alert = { kind: 'late', name: 'app', since: 0 }
  const codes = (alerts: readonly Alert[]) =>
    steady(alerts).map((one) => ('code' in one ? one.code : one.name))
  expect(codes([stock('Noise'), stock('Leaks')])).toEqual(['Noise', 'Leaks'])
  expect(codes([late, stock('Mud'), stock('Leaks', 'overdue'), stock('Noise')])).toEqual([
    ...['app', 'Noise', 'Leaks', 'Mud'],
  ])
  expect(codes([stock('Mud'), stock('Leaks')])).toEqual(['Leaks', 'Mud'])
  expect(codes([stock('Noise'), stock('Mud'), stock('Leaks')])).toEqual(['Leaks', 'Mud', 'Noise'])
})
