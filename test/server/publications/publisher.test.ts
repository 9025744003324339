import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { defaultPolicy, type Policy } from '#shared/policy.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { setPolicy } from '../../../server/policies/set.ts'
import { runningApp } from '../../support/app.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'

/* The clock of the events, so that midnights pass when an event says so. 2 March 2026 is a Monday. */

const policy: Policy = {
  ...defaultPolicy,
  opened: ['agency', 'area', 'category'],
  timeZone: 'Asia/Kolkata',
}

let refusing: Awaited<ReturnType<typeof runningApp>>

beforeAll(async () => {
  refusing = await runningApp({ prepare: (db) => insertPolicy(db, policy) })
})
afterAll(() => refusing[Symbol.asyncDispose]())

async function city(overrides: Partial<Policy> = {}) {
  const app = await runningApp({
    clock: 'events',
    prepare: (db) => insertPolicy(db, { ...policy, ...overrides }),
  })
  const { send } = await newSource(app)
  return {
    ...app,
    tell: (...events: object[]) => send(ndjson(...events)),
    async view(query: string) {
      const answer = await app.get(`/api/v1/view?${query}`)
      return { status: answer.status, ...((await answer.json()) as Answer) }
    },
    async published() {
      const answer = await app.get('/api/v1/publications')
      return ((await answer.json()) as { publications: Listed[] }).publications
    },
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  }
}

interface Answer {
  error?: string
  path?: string
  columns: { id: string }[]
  rows: (string | number | null)[][]
  totals: (number | null)[]
  published: { days: number; start: string; end: string; label: string; seq: number }
}

interface Listed {
  by: string | null
  days: number
  start: string
  end: string
  measures: string[]
}

const until = (claim: () => Promise<void>) => vi.waitFor(claim, { timeout: 30_000, interval: 100 })

const at = (day: number, time = '10:00') =>
  `2026-03-${String(day).padStart(2, '0')}T${time}:00+05:30`

const tickets = (count: number, fields: object) =>
  Array.from({ length: count }, () => ticket({ channel: 'phone', ...fields }))

test('a midnight that passes publishes the day: below 10 as such, else to the nearest 5', async () => {
  await using place = await city()
  await place.tell(...tickets(1, { receivedAt: at(2, '00:00') }))
  await until(async () => expect((await place.view('measures=received')).totals[1]).toBe(1))
  await place.tell(
    ...tickets(43, { receivedAt: at(3) }),
    ...tickets(7, { receivedAt: at(3), channel: 'fax' }),
  )
  await place.tell(
    ...tickets(26, { receivedAt: at(3), channel: 'web' }),
    ticket({ receivedAt: at(4) }),
  )

  await until(async () =>
    expect(await place.view('measures=received&by=channel&window=1d')).toMatchObject({
      status: 200,
      columns: [
        { id: 'channel' },
        { id: 'received' },
        { id: 'received.low' },
        { id: 'received.high' },
      ],
      rows: [
        ['(none)', null, 0, 9],
        ['(other)', null, 0, 9],
        ['fax', null, 0, 9],
        ['phone', 45, 43, 47],
        ['web', 25, 23, 27],
      ],
      totals: [null, 76, 76, 76],
      published: { days: 1, start: '2026-03-03', end: '2026-03-04', label: 'as first published' },
    }),
  )
})

test('I8: a member that is named for the first time has no row of its own until the next 90 days', async () => {
  await using place = await city()
  await place.tell(ticket({ receivedAt: at(2, '00:00') }))
  await until(async () => expect((await place.view('measures=received')).totals[1]).toBe(1))
  await place.tell(...tickets(30, { receivedAt: at(3) }), ticket({ receivedAt: at(4) }))
  await until(async () => expect(await place.published()).not.toEqual([]))
  await place.tell(
    ...tickets(30, { receivedAt: at(4), channel: 'sms' }),
    ticket({ receivedAt: at(5) }),
  )

  await until(async () => {
    const { rows, published } = await place.view('measures=received&by=channel&window=1d')
    expect(published?.start).toBe('2026-03-04')
    expect(rows.map(([key, received]) => [key, received])).toEqual([
      ['(none)', null],
      ['(other)', 30],
      ['phone', null],
    ])
  })
})

test('late data changes nothing that was published, and a restart publishes nothing again', async () => {
  await using place = await city()
  await place.tell(ticket({ receivedAt: at(2, '00:00') }))
  await until(async () => expect((await place.view('measures=received')).totals[1]).toBe(1))
  await place.tell(...tickets(40, { receivedAt: at(3) }), ticket({ receivedAt: at(4) }))
  const query = 'measures=received&by=channel&window=2026-03-03/2026-03-04'
  await until(async () => expect((await place.view(query)).status).toBe(200))
  const first = await place.view(query)

  await place.tell(...tickets(100, { receivedAt: at(3) }), ticket({ receivedAt: at(5) }))
  await until(async () =>
    expect((await place.view('measures=received&by=channel&window=1d')).published.end).toBe(
      '2026-03-05',
    ),
  )
  expect(await place.view(query)).toEqual(first)

  const stored = await place.db.selectFrom('publication').selectAll().orderBy('id').execute()
  const { createApp } = await import('../../../server/app.ts')
  const { createLog } = await import('../../../server/log.ts')
  const second = createApp({
    url: place.url,
    db: place.db,
    sql: place.sql,
    config: place.config,
    log: createLog('silent'),
  })
  await second.ready
  await place.tell(ticket({ receivedAt: at(6) }), ticket({ receivedAt: at(9) }))
  await until(async () =>
    expect((await place.published()).some(({ days }) => days === 7)).toBe(true),
  )
  await second.close()
  const now = await place.db.selectFrom('publication').selectAll().orderBy('id').execute()
  expect(now.slice(0, stored.length)).toEqual(stored)
  const days = (await place.published()).map(({ by, days, start }) => `${by} ${days} ${start}`)
  expect(new Set(days).size).toBe(days.length)
})

test('a replay that passes many midnights at once publishes each, weeks from Monday to Sunday', async () => {
  await using place = await city()
  await place.tell(ticket({ receivedAt: at(1, '23:00') }))
  await until(async () => expect((await place.view('measures=received')).totals[1]).toBe(1))
  await place.tell(...tickets(30, { receivedAt: at(5) }), ticket({ receivedAt: at(17) }))

  await until(async () => {
    const byChannel = (await place.published()).filter(({ by }) => by === 'channel')
    expect(byChannel.filter(({ days }) => days === 7).map(({ start }) => start)).toEqual([
      '2026-03-09',
      '2026-03-02',
    ])
    expect(byChannel.filter(({ days }) => days === 1)).toHaveLength(15)
  })
  const week = await place.view('measures=received&by=channel&window=2026-03-02/2026-03-09')
  expect(week.rows).toContainEqual(['phone', 30, 28, 32])
})

test('surveys are published for the whole city alone, as shares where 10 or more answered', async () => {
  await using place = await city()
  await place.tell(ticket({ receivedAt: at(2, '00:00') }))
  await until(async () => expect((await place.view('measures=received')).totals[1]).toBe(1))
  const rated = (satisfaction: number) => ({
    receivedAt: at(3, '09:00'),
    status: 'closed',
    closedAt: at(3, '10:00'),
    survey: { at: at(3, '11:00'), satisfaction },
  })
  await place.tell(
    ...tickets(30, rated(5)),
    ...tickets(10, rated(1)),
    ticket({ receivedAt: at(4) }),
  )

  await until(async () =>
    expect(await place.view('measures=satisfactionRate&window=1d')).toMatchObject({
      status: 200,
      rows: [],
      totals: [null, 0.75, 30, 28, 32, 40, 38, 42],
    }),
  )
  expect(await place.view('measures=resolutionConfirmed&window=1d')).toMatchObject({
    totals: [null, null, null, 0, 9, null, 0, 9],
  })
  expect(await place.view('measures=satisfactionRate&by=agency&window=1d')).toMatchObject({
    status: 403,
    path: 'by',
  })
})

test('a dimension that was open is published from the day after it was closed', async () => {
  await using place = await city({ opened: ['agency', 'area', 'category', 'channel'] })
  await place.tell(ticket({ receivedAt: at(2, '00:00') }))
  await until(async () => expect((await place.view('measures=received')).totals[1]).toBe(1))
  await place.tell(...tickets(30, { receivedAt: at(3) }))
  await setPolicy(place.db, policy)
  await place.tell(...tickets(30, { receivedAt: at(4) }), ticket({ receivedAt: at(5) }))

  await until(async () => {
    const byChannel = (await place.published()).filter(({ by }) => by === 'channel')
    expect(byChannel.map(({ start }) => start)).toEqual(['2026-03-04'])
  })
})

test('a measure of surveys that the policy opens is published by opened dimensions too', async () => {
  await using place = await city({ openedMeasures: ['satisfactionRate'] })
  await place.tell(ticket({ receivedAt: at(2, '00:00') }))
  await until(async () => expect((await place.view('measures=received')).totals[1]).toBe(1))
  const rated = (agency: string, satisfaction: number) => ({
    agency,
    receivedAt: at(3, '09:00'),
    status: 'closed',
    closedAt: at(3, '10:00'),
    survey: { at: at(3, '11:00'), satisfaction },
  })
  await place.tell(
    ...tickets(30, rated('parks', 5)),
    ...tickets(10, rated('parks', 1)),
    ...tickets(3, rated('water', 1)),
    ticket({ receivedAt: at(4) }),
  )

  await until(async () => {
    const { rows, status } = await place.view('measures=satisfactionRate&by=agency&window=1d')
    expect(status).toBe(200)
    expect(rows.find(([key]) => key === 'parks')).toEqual(['parks', 0.75, 30, 28, 32, 40, 38, 42])
    expect(rows.find(([key]) => key === 'water')).toEqual(['water', null, null, 0, 9, null, 0, 9])
  })
  for (const query of [
    'measures=resolutionGap&by=agency',
    'measures=satisfactionRate&by=channel',
  ]) {
    expect((await place.view(`${query}&window=1d`)).status).toBe(403)
  }
})

test.each([
  ['measures=received&by=channel&window=24h', 'by'],
  ['measures=received&by=channel&window=2026-03-03T00:00Z/2026-03-04T00:00Z', 'by'],
  ['measures=received&by=channel&window=7d&agency=parks', 'by'],
  ['measures=received&by=channel&window=7d&period=previous', 'by'],
  ['measures=received&by=hour&channel=phone', 'channel'],
  ['measures=received&by=language&channel=phone&window=7d', 'channel'],
  ['measures=received&channel=no-such-channel', 'channel'],
  ['measures=responseRate&by=channel&window=7d', 'measures'],
  ['measures=timeToClose&by=channel&window=7d', 'measures'],
  ['measures=satisfactionRate&by=channel&window=7d', 'measures'],
  ['measures=satisfactionRate&by=agency&window=7d', 'by'],
  ['measures=satisfactionRate&by=day&window=7d', 'by'],
  ['measures=satisfactionRate&window=24h', 'measures'],
  ['measures=satisfactionRate&agency=parks&window=7d', 'measures'],
  ['measures=satisfactionRate,received&window=7d', 'measures'],
  ['measures=surveyCoverage', 'measures'],
])('I8: the public is refused %s, as JSON and as CSV', async (query, path) => {
  const answer = await refusing.get(`/api/v1/view?${query}`)
  expect([answer.status, await answer.json()]).toEqual([
    403,
    { error: expect.any(String), path, code: 'forbidden' },
  ])
  expect((await refusing.get(`/api/v1/view.csv?${query}`)).status).toBe(403)
})

test('what is not published yet is a 404 that says where to look', async () => {
  const answer = await refusing.get('/api/v1/view?measures=received&by=channel&window=90d')
  expect([answer.status, await answer.json()]).toEqual([
    404,
    {
      error: expect.stringContaining('/api/v1/publications'),
      path: 'window',
      code: 'nothing-here',
    },
  ])
})
