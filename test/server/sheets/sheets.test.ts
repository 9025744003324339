import { afterAll, beforeAll, expect, test } from 'vitest'
import { readEntry } from '#shared/ledger/entry.ts'
import type { Sheet } from '#shared/ledger/sheet.ts'
import type { Db } from '../../../server/db/connect.ts'
import { Engine } from '../../../server/live/engine.ts'
import { createLog } from '../../../server/log.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { openSheetWriter } from '../../../server/sheets/writer.ts'
import { defaultPolicy } from '#shared/policy.ts'
import { dimensions } from '#shared/ticket.ts'
import { runningApp } from '../../support/app.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'

let app: Awaited<ReturnType<typeof runningApp>>
let source: Awaited<ReturnType<typeof newSource>>
let city: typeof app
let elsewhere: typeof source
const ZONE = 'Asia/Kathmandu'

beforeAll(async () => {
  // What is opened is not published, which of many days would take long.
  const policy = { ...defaultPolicy, timeZone: ZONE, opened: [...dimensions] }
  const prepare = (db: Db) => insertPolicy(db, policy)
  ;[app, city] = await Promise.all([
    runningApp({ clock: 'events' }),
    runningApp({ clock: 'events', prepare }),
  ])
  ;[source, elsewhere] = [await newSource(app), await newSource(city)]
})
afterAll(() => Promise.all([app[Symbol.asyncDispose](), city[Symbol.asyncDispose]()]))

const on = (day: number, rest: object = {}) =>
  ticket({ receivedAt: `2026-03-0${day}T10:00:00Z`, ...rest })

interface Told extends Pick<Sheet, 'measures'> {
  day: string
  edition: number
  leaf: number
  /** When it was told. */
  at: unknown
}

async function sheets(count: number): Promise<Told[]> {
  const read = async () => {
    const answer = await app.get('/api/v1/sheets?from=2026-03-01&to=2026-03-09')
    return ((await answer.json()) as { sheets: Told[] }).sheets
  }
  await expect.poll(async () => (await read()).length).toBe(count)
  return read()
}

const revisions = async (): Promise<unknown[]> => {
  const answer = await app.get('/api/v1/revisions?from=2026-03-01&to=2026-03-09')
  return ((await answer.json()) as { days: unknown[] }).days
}

const leafOf = async (index: number) => {
  const [row] = await app.sql`select entry from leaf where index = ${index}`
  return readEntry(row!.entry)!
}

const answered = { respondedAt: '2026-03-01T11:00:00Z' }

test('each local day that ended becomes a leaf, with what its numbers were made of', async () => {
  await source.send(ndjson(on(1, answered), on(1, { id: 'waiting' })))
  expect(await sheets(0)).toEqual([])
  await source.send(ndjson(on(2)))

  const [sheet] = await sheets(1)
  expect(sheet).toMatchObject({ day: '2026-03-01', edition: 1 })
  expect(sheet!.measures.received).toEqual({ version: 1, value: 2 })
  expect(sheet!.measures.open).toMatchObject({ value: 2 })
  expect(sheet!.measures.onTimeRate).toMatchObject({ value: null, n: 0 })
  const { type, what } = await leafOf(sheet!.leaf)
  expect({ type, what }).toMatchObject({
    type: 'sheet',
    what: { day: '2026-03-01', timeZone: 'UTC', measures: sheet!.measures },
  })
})

test('late data on a day that was told becomes a leaf that says what changed, by how much and by how many tickets', async () => {
  const [first] = await sheets(1)
  // What goes on as it should is not late: on its own day nothing of it is otherwise.
  const goesOn = {
    ...{ id: 'waiting', version: 2, respondedAt: '2026-03-02T11:00:00Z' },
    dueAt: '2026-03-20T11:00:00Z',
  }
  await source.send(ndjson(on(1, goesOn), on(1, answered), on(1), on(1)))
  await source.send(ndjson(on(3)))

  const [again, revised, second] = await sheets(3)
  expect(again).toEqual(first)
  expect(revised).toMatchObject({ day: '2026-03-01', edition: 2 })
  expect(revised!.measures.received!.value).toBe(5)
  expect(second).toMatchObject({ day: '2026-03-02', edition: 1 })
  const { type, what } = await leafOf(revised!.leaf)
  expect({ type, what }).toMatchObject({
    type: 'revision',
    what: {
      day: '2026-03-01',
      since: first!.leaf,
      tickets: 3,
      changes: { received: { value: { was: 2, is: 5 } }, open: { value: { was: 2, is: 5 } } },
    },
  })
})

test('of a revised day what was told first stands beside what was told last, with all tickets in between', async () => {
  await source.send(ndjson(on(1)))
  await source.send(ndjson(on(4)))
  const [first, second, third] = await sheets(6)
  expect(third).toMatchObject({ day: '2026-03-01', edition: 3 })
  expect((await leafOf(third!.leaf)).what).toMatchObject({ since: second!.leaf, tickets: 1 })

  const told = ({ leaf, at, measures }: Told) => ({ leaf, at, measures })
  // One more ticket is open on the day after it, too.
  const [later, revised, ...rest] = await revisions()
  expect(rest).toEqual([])
  expect(later).toMatchObject({ day: '2026-03-02', last: { edition: 2, tickets: 1 } })
  expect(revised).toEqual({
    day: '2026-03-01',
    first: told(first!),
    last: { ...told(third!), edition: 3, tickets: 4 },
  })
  expect((await app.get('/api/v1/revisions?from=2026-01-01&to=2026-12-31')).status).toBe(400)
})

test('a day that nothing changed is told once, and a question too wide is refused', async () => {
  await source.send(ndjson(on(5)))
  const told = await sheets(7)
  expect(told.map(({ day, edition }) => [day, edition])).toEqual([
    ['2026-03-01', 1],
    ['2026-03-01', 2],
    ['2026-03-01', 3],
    ['2026-03-02', 1],
    ['2026-03-02', 2],
    ['2026-03-03', 1],
    ['2026-03-04', 1],
  ])
  expect((await app.get('/api/v1/sheets?from=2026-01-01&to=2026-12-31')).status).toBe(400)
  expect((await app.get('/api/v1/sheets?from=soon&to=2026-12-31')).status).toBe(400)
})

test('what citizens answered stands in the sheet as it was published of that day, and late answers do not change it', async () => {
  const rated = (satisfaction: number) =>
    on(6, {
      status: 'closed',
      closedAt: '2026-03-06T11:00:00Z',
      survey: { at: '2026-03-06T12:00:00Z', satisfaction },
    })
  await source.send(ndjson(...Array.from({ length: 40 }, (_, i) => rated(i < 30 ? 5 : 1)), on(7)))
  const sheet = (await sheets(9)).find(({ day }) => day === '2026-03-06')!
  const published = {
    version: 1,
    value: 0.75,
    ...{ numerator: 30, 'numerator.low': 28, 'numerator.high': 32 },
    ...{ n: 40, 'n.low': 38, 'n.high': 42 },
  }
  expect(sheet.measures.satisfactionRate).toEqual(published)
  expect(sheet.measures.resolutionConfirmed).toMatchObject({ value: null, 'n.high': 9 })
  expect((await leafOf(sheet.leaf)).what).toMatchObject({
    measures: { satisfactionRate: published, received: { value: 40 } },
  })

  await source.send(ndjson(rated(1), on(8)))
  const revised = (await sheets(11)).find(
    ({ day, edition }) => day === '2026-03-06' && edition > 1,
  )!
  expect(revised.measures).toMatchObject({ satisfactionRate: published, received: { value: 41 } })
  expect((await leafOf(revised.leaf)).what.changes).not.toHaveProperty('satisfactionRate')
})

const came = (receivedAt: string, rest: object = {}) => ndjson(ticket({ receivedAt, ...rest }))
const closed = { status: 'closed', closedAt: '2025-03-02T08:00:00Z' }

async function told(from: string, to = from): Promise<Told[]> {
  const answer = await city.get(`/api/v1/sheets?from=${from}&to=${to}`)
  return ((await answer.json()) as { sheets: Told[] }).sheets
}

test('a sheet is of a local day and says each number with what it was made of and where the journal stood; days that were missed are told, and days long ago revised', async () => {
  const { send } = elsewhere
  // Midnight is at 18:15 UTC.
  await send(
    came('2025-03-01T18:14:00Z') +
      came('2025-03-01T18:15:00Z', { ...closed, closeReason: 'resolved' }) +
      came('2025-03-02T18:14:00Z', { ...closed, closedAt: '2025-03-02T18:14:00Z' }),
  )
  await send(came('2025-03-02T18:15:00Z'))
  await expect.poll(() => told('2025-03-02')).toHaveLength(1)
  const [sheet] = await told('2025-03-02')
  expect(sheet!.measures).toMatchObject({
    received: { value: 2 },
    resolutionAsserted: { version: 1, value: 0.5, numerator: 1, n: 2 },
  })
  const [head] = await city.sql`select seq from journal_head`
  const [leaf] = await city.sql`select entry from leaf where index = ${sheet!.leaf}`
  const { what } = readEntry(leaf!.entry)!
  const midnight = Date.parse('2025-03-01T18:15:00Z') / 60_000
  expect(what).toMatchObject({
    at: [head!.seq, midnight + 1441],
    window: [midnight, midnight + 1440],
    timeZone: ZONE,
    measures: { resolutionAsserted: sheet!.measures.resolutionAsserted },
  })

  // Nothing ran for longer than days are looked at again: those that were missed are told when it goes on.
  await send(came('2025-04-16T10:00:00Z'))
  await expect.poll(() => told('2025-04-15')).toHaveLength(1)
  const missed = await told('2025-03-03', '2025-04-15')
  expect(missed).toHaveLength(44)
  expect(missed[0]!.measures).toMatchObject({ received: { value: 1 }, open: { value: 2 } })
  await send(came('2025-03-02T10:00:00Z', closed) + came('2025-03-10T10:00:00Z'))
  await send(came('2025-04-16T18:15:00Z'))
  await expect.poll(() => told('2025-04-16')).toHaveLength(1)
  const [first, late, ...rest] = await told('2025-03-02')
  expect([first, rest]).toEqual([sheet, []])
  expect(late).toMatchObject({ edition: 2, measures: { received: { value: 3 } } })
  // Nothing changed between: what came on that day was closed on it. Then one more stands open, day after day.
  expect(await told('2025-03-05')).toHaveLength(1)
  const [, open, ...more] = await told('2025-03-20')
  expect(more).toEqual([])
  const [{ entry }] = await city.sql<[{ entry: Uint8Array }]>`
    select entry from leaf where index = ${open!.leaf}`
  expect(readEntry(entry)!.what).toMatchObject({
    tickets: 1,
    changes: { open: { value: { was: 2, is: 3 } } },
  })
})

test('what the numbers in memory do not reach back to is counted from the tickets, to the same', async () => {
  // By the database's clock all of it is older than 400 days.
  const pace = { atMost: 0, every: 20 }
  const log = createLog('silent')
  const { db, sql } = city
  const engine = await Engine.start({ db, sql, log, pace, clock: 'database' })
  // As a server tells days on which nothing happens; it missed the first two.
  await sql`
    insert into sheet (day, edition, leaf, seq, body)
    select to_char(one, 'YYYY-MM-DD'), 1, 0, (select seq from journal_head),
      jsonb_set(body, '{measures,open,value}', '5')
    from (select body from sheet where day = '2025-04-14' order by edition desc limit 1) as quiet,
      generate_series(date '2025-04-19', now() at time zone ${ZONE} - interval '1 day', '1 day') as one`
  const { seq } = await elsewhere.send(came('2025-03-02T10:00:00Z', closed))
  await engine.reached([seq!, 0])
  const published = async () => {}
  const writer = openSheetWriter({ db, sql, engine, log, history: 0, published })
  writer.look()
  await expect.poll(() => told('2025-04-18')).toHaveLength(1)
  await writer.close()
  await engine.close()

  const written = await sql`select day, edition from sheet where seq >= ${seq!} order by day`
  expect(written).toEqual([
    { day: '2025-03-02', edition: 3 },
    // The ticket was to be answered on the day after.
    { day: '2025-03-03', edition: 3 },
    { day: '2025-04-17', edition: 1 },
    { day: '2025-04-18', edition: 1 },
  ])
  const [first] = await told('2025-04-17')
  expect(first!.measures).toMatchObject({
    received: { value: 1 },
    open: { value: 5 },
    responseRate: { value: 0, numerator: 0, n: 1 },
  })
})
