import { expect, test } from 'vitest'
import type { Deployment } from '#shared/deployment.ts'
import type { ServerStatus } from '#shared/server-status.ts'
import { HOUR, MINUTE } from '#shared/time.ts'
import type { SourceState } from '#shared/wire.ts'
import { captionOf } from '../../web/board/caption.ts'
import type { PageState } from '../../web/board/page-state.svelte.ts'
import { ageText, noticeText, stateDetail } from '../../web/board/sentences.ts'
import { heardText, silenceNotice, silenceText } from '../../web/board/silence.ts'
import { startText } from '../../web/board/span.ts'
import { changeText, wholeChangeText } from '../../web/board/change-text.ts'
import { createTimes } from '../../web/i18n/times.ts'
import type { Freshness, State } from '../../web/live/freshness.ts'
import { journalFacts, versionFacts } from '../../web/status/status-facts.ts'

const now = Date.UTC(2026, 10, 19, 6, 38, 7)
const times = createTimes('UTC')
const fresh: Freshness = {
  state: 'live',
  now,
  asOf: now - 7_000,
  behind: 9_000,
  heardAt: now - 2 * MINUTE,
  silentSources: [],
}
const plain = (text: string | undefined) => text?.replaceAll('\u00a0', ' ')

test.each<[State, detail: string, age: string, notice?: RegExp]>([
  ['live', '9.0 s behind', 'as of 06:38:00, live'],
  ['delayed', '9.0 s behind', 'as of 06:38:00, 9.0 s behind', /more than 4 seconds old/],
  ['asking', 'for the new numbers', 'as of 06:38:00, asking anew'],
  ['loading', 'asking for the first numbers', 'asking for the first numbers'],
  ['reconnecting', 'since 06:36:07', 'as of 06:38:00, reconnecting', /are as of 06:38:00;/],
  ['stale', 'as of 06:38:00', 'stale: as of 06:38:00', /since 06:36:07.* as of 06:38:00\./],
  ['refused', 'the server refused the question', 'as of 06:38:00, not renewed', /: too wide\./],
  ['outdated', 'reload this page', 'as of 06:38:00, page out of date', /newer version/],
  ['past', 'not live', 'as of 19 Nov 2026, 06:38'],
])('%s: the live mark says %j, a number %j', (state, detail, age, notice) => {
  const told = { ...fresh, state }

  expect(plain(stateDetail(told, times))).toBe(detail)
  expect(plain(ageText(told, times, false))).toBe(age)
  const said = noticeText(told, times, 'too wide')
  if (notice) expect(said).toMatch(notice)
  else expect(said).toBeUndefined()
})

test.each<[State, age: string, notice?: RegExp]>([
  ['loading', 'asking for the first numbers'],
  [
    'reconnecting',
    'the server does not answer yet',
    /does not answer yet\. This page keeps trying/,
  ],
  ['refused', 'the server refused the question', /too wide/],
  ['outdated', 'reload this page', /newer version/],
])('%s, before the first answer: a number says %j', (state, age, notice) => {
  const told = { ...fresh, state, asOf: undefined, heardAt: undefined, now: undefined }

  expect(ageText(told, times, false)).toBe(age)
  const said = noticeText(told, times, 'too wide')
  if (notice) expect(said).toMatch(notice)
  else expect(said).toBeUndefined()
  if (state === 'reconnecting')
    expect(stateDetail(told, times)).toBe('the server does not answer yet')
})

const source = (name: string, heardAt: number | null): SourceState => ({
  ...{ name, kind: 'api', heardAt, newestAt: heardAt, silent: true },
})
const city = {
  place: {
    names: { en: 'Port Halcyon' },
    demonstration: true,
    sources: { web: { en: 'Web forms' } },
  },
  clock: 'database',
} as unknown as Deployment

test('numbers from which a silent source is missing are incomplete, and it is named', () => {
  const web = source('web', now - HOUR)
  const one = { ...fresh, silentSources: [web] }
  const two = { ...fresh, silentSources: [web, source('fax', null)] }

  expect(ageText(one, times, false)).toBe('as of 06:38:00, incomplete')
  expect(ageText(fresh, times, true)).toBe('as of 06:38:00, replay')
  expect([fresh, one, two].map((each) => silenceText(each, city))).toEqual([
    ...[undefined, 'Web forms silent', '2 silent'],
  ])
  expect([web, source('fax', null)].map((each) => heardText(each, times, now))).toEqual([
    ...['05:38:07', 'never heard'],
  ])
  expect([fresh, one, two].map((each) => silenceNotice(each, times, city))).toEqual([
    undefined,
    'Web forms is silent: not heard since 05:38:07. Numbers that need it are incomplete.',
    '2 sources are silent: Web forms, fax. Numbers that need them are incomplete.',
  ])
})

test('a picture says of which place it is, that it is a demonstration, and how old', () => {
  const caption = captionOf({ deployment: city, freshness: fresh, times }, 'Backlog', ['Bars'])

  expect(caption).toMatchObject({ title: 'Backlog', place: 'Port Halcyon', at: now - 7_000 })
  expect(caption).toMatchObject({ age: 'as of 06:38:00, live', timeZone: 'UTC' })
  expect(caption.notes).toEqual([
    'Bars',
    'A demonstration city: its people, agencies and numbers are invented',
  ])
})

test('a window of up to a week begins at a minute, a longer one on a day, and none before there is an answer', () => {
  const started = (answeredWindow: '24h' | '30d', first?: string) =>
    startText({
      ...{ answeredWindow, times, minute: now / MINUTE },
      view: (id) => ({ id, columns: [], rows: first ? [[first]] : [], totals: [null] }),
    })

  expect(started('24h', '2026-11-18T06:00:00Z')).toBe('Wed 06:38')
  expect(started('30d', '2026-10-20T00:00:00Z')).toBe('Tue 20 Oct')
  expect(started('24h')).toBe('')
})

test('a published share changes by whole points, another by tenths', () => {
  const change = { as: 'points', amount: -0.0214, word: 'worse' } as const

  expect(wholeChangeText(change)).toEqual({ amount: '−2 points', word: 'worse' })
  expect(changeText(change)).toEqual({ amount: '−2.1 points', word: 'worse' })
})

const status = {
  ...{
    version: '0.1.0',
    clock: 'database',
    timeZone: 'Asia/Shanghai',
    startedAt: '2026-11-18T01:02:00Z',
  },
  journal: { writtenAt: '2026-11-19T06:36:00Z' },
} as unknown as ServerStatus
const page = {
  live: { pulse: { seq: 4321, now, asOf: now - 400 } },
  freshness: fresh,
  times,
} as unknown as PageState

test('the status says how far the journal is, and of a replay when its newest row was written', () => {
  const said = (told: Partial<ServerStatus> | undefined, on = page) =>
    Object.fromEntries(
      journalFacts(on, told && { ...status, ...told }).map(([name, , text]) => [name, plain(text)]),
    )

  expect(said({})).toEqual({ seq: '4,321', age: '2 min ago', behind: '0.4 s', now: '06:38:07' })
  expect(said({ journal: { seq: 1, writtenAt: '2026-11-19T06:37:50Z' } }).age).toBe(
    'under a minute ago',
  )
  expect(said({ clock: 'events' }).age).toBe('19 Nov 2026, 06:36')
  const nothing = { live: {}, freshness: { now: undefined }, times } as unknown as PageState
  expect(Object.values(said(undefined, nothing))).toEqual(['–', '–', '–', '–'])
})

test('the versions say what runs, what is not known, and whether the log is signed', () => {
  const said = (told: Partial<ServerStatus>) =>
    Object.fromEntries(
      versionFacts(page, { ...status, ...told }).map(([name, , text]) => [name, text]),
    )

  expect(said({})).toMatchObject({ version: '0.1.0', schema: '–', zone: 'Asia/Shanghai' })
  expect(said({}).started).toBe('18 Nov 2026, 01:02')
  expect(said({})).not.toHaveProperty('other')
  expect(said({ otherVersion: 9 }).other).toBe('9')
  const ledger = (since: string | null) => said({ ledger: { why: 'waiting', since } }).ledger
  expect(said({}).ledger).toBe('signed')
  expect(ledger(null)).toBe('not signed')
  expect(ledger('2026-11-19T06:00:00Z')).toBe('not signed since 19 Nov 2026, 06:00')
})
