import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TicketList, ticketSorts } from '#shared/tickets.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'
import { mergeMember } from '../../../server/dimensions/merge.ts'
import { consultation } from '../../support/consultations.ts'
import { explorerApp, type ExplorerApp, hoursAgo } from '../../support/explorer.ts'
import { poll } from '../../support/polls.ts'
import { following, leaveAll } from '../stream/page.ts'

let app: ExplorerApp

const closedAt = (received: number, closed: number) => ({
  receivedAt: hoursAgo(received),
  status: 'closed',
  closedAt: hoursAgo(closed),
})

beforeAll(async () => {
  app = await explorerApp()
  const { seq } = await app.source.send(
    ndjson(
      ticket({ id: 'late', area: 'Old Quay', ...closedAt(200, 1), closeReason: 'resolved' }),
      ticket({ id: 'in-time', area: 'Old Quay', category: 'lamps', ...closedAt(50, 2) }),
      ticket({ id: 'overdue', area: 'Hill', receivedAt: hoursAgo(100) }),
      ticket({ id: 'due-soon', agency: 'Parks', receivedAt: hoursAgo(60) }),
      ticket({ id: 'fresh', agency: 'Parks', category: 'lamps', receivedAt: hoursAgo(1) }),
      ticket({ id: 'withdrawn', receivedAt: hoursAgo(30), status: 'withdrawn' }),
    ),
  )
  await app.reached(seq!)
})
afterAll(() => app[Symbol.asyncDispose]())

const idsOf = ({ rows }: TicketList) => rows.map(({ id }) => id)

test.each([
  ['', 'fresh withdrawn in-time due-soon overdue late'],
  ['sort=received&order=asc', 'late overdue due-soon in-time withdrawn fresh'],
  ['sort=age', 'late overdue due-soon in-time withdrawn fresh'],
  ['sort=due', 'overdue due-soon fresh late in-time withdrawn'],
  ['sort=due&order=desc', 'fresh due-soon overdue withdrawn in-time late'],
  ['sort=due&state=late,overdue', 'overdue late'],
  ['sort=due&status=open', 'overdue due-soon fresh'],
  ['sort=closed&state=overdue,dueSoon', 'due-soon overdue'],
  ['sort=closed&status=withdrawn&state=overdue', ''],
  ['sort=closed', 'late in-time fresh withdrawn due-soon overdue'],
  ['status=open', 'fresh due-soon overdue'],
  ['status=open,closed&area=old-quay', 'in-time late'],
  ['state=overdue', 'overdue'],
  ['state=dueSoon', 'due-soon'],
  ['state=onTime', 'in-time'],
  ['state=late', 'late'],
  ['state=late&state=overdue', 'overdue late'],
  ['agency=PARKS', 'fresh due-soon'],
  ['agency=parks,pwd&category=Lamps', 'fresh in-time'],
  ['area=(none)&status=open', 'fresh due-soon'],
  ['window=24h', 'fresh'],
  ['window=7d&status=open', 'fresh due-soon overdue'],
  ['received=2001-01-01/2002-01-01', ''],
])('%s lists %s', async (query, ids) => {
  expect(idsOf(await app.list(query)).join(' ')).toBe(ids)
})

test('a row says how the ticket stands to its due date, and nothing of closed dimensions', async () => {
  const { rows, asOf } = await app.list('sort=age')

  expect(rows.map(({ state }) => state)).toEqual([
    'late',
    'overdue',
    'dueSoon',
    'onTime',
    null,
    null,
  ])
  expect(Math.abs(Date.parse(asOf) - Date.now())).toBeLessThan(10_000)
  expect(rows[0]).toEqual({
    mark: expect.stringMatching(/^[\w-]{10}$/),
    id: 'late',
    status: 'closed',
    agency: 'PWD',
    area: 'Old Quay',
    category: '(none)',
    precision: 'instant',
    receivedAt: expect.any(String),
    respondBy: expect.any(String),
    respondedAt: null,
    dueAt: expect.any(String),
    closedAt: expect.any(String),
    closeReason: 'resolved',
    reopenings: 0,
    transfers: 0,
    state: 'late',
  })
})

test.each([
  ['window=7d', 5],
  ['window=90d&area=old-quay', 2],
  ['status=open', 3],
  ['status=open&agency=parks', 2],
  ['state=overdue', 1],
  ['state=overdue,dueSoon', 2],
])('the cube tells without counting how many %s are: %i', async (query, total) => {
  const list = await app.list(`${query}&limit=1`)

  expect(list.total).toBe(total)
  expect((await app.groups(`${query}&by=status`)).total).toBe(total)
})

test('what only counting would tell has no total', async () => {
  expect(await app.list('status=closed')).not.toHaveProperty('total')
  expect(await app.list('window=7d&state=late')).not.toHaveProperty('total')
})

test.each([
  ['by=agency', { PWD: 4, Parks: 2 }],
  ['by=area&status=open', { '(none)': 2, Hill: 1 }],
  ['by=status', { open: 3, closed: 2, withdrawn: 1 }],
  ['by=category&state=onTime,late', { lamps: 1, '(none)': 1 }],
])('%s counts the tickets of each group', async (query, groups) => {
  const answer = await app.groups(query)

  expect(Object.fromEntries(answer.groups.map(({ key, tickets }) => [key, tickets]))).toEqual(
    groups,
  )
})

test('tickets of a member that was merged are listed, counted and told under the other, and so is what is about it', async () => {
  await using other = await explorerApp()
  const about = { agency: 'Roads', area: 'Quay', category: 'lamps' }
  const { seq } = await other.source.send(
    ndjson(
      ...[ticket({ agency: 'Roads' }), ticket({ agency: 'Streets' })],
      ...[consultation(about), poll(about)],
    ),
  )
  await mergeMember(other.db, { dimension: 'agency', code: 'Roads', into: 'Streets' })
  await other.reached(seq! + 1)

  expect((await other.list('agency=roads')).rows.map(({ agency }) => agency)).toEqual([
    'Streets',
    'Streets',
  ])
  expect((await other.groups('by=agency')).groups).toEqual([{ key: 'Streets', tickets: 2 }])
  const { page } = await following(other.origin, { agency: ['Streets'] })
  expect(page.parts[0]!.events.map(({ agency }) => agency)).toEqual(['Streets', 'Streets'])
  leaveAll()
  for (const list of ['consultations', 'polls'])
    expect(await other.ask(list)).toMatchObject({ [list]: [{ ...about, agency: 'Streets' }] })
})

/** Follows the cursors to the end of a list. */
async function everyPage(query: string, between = async () => {}): Promise<string[]> {
  const ids: string[] = []
  let after = ''
  for (;;) {
    const page = await app.list(`${query}${after}`)
    expect(page).toMatchObject({ httpStatus: 200 })
    ids.push(...idsOf(page))
    if (page.next === null) return ids
    after = `&after=${page.next}`
    await between()
  }
}

test('paging shows each ticket once and none is missing, whatever comes in meanwhile', async () => {
  const other = await newSource(app, 'other')
  const when = fc.integer({ min: 0, max: 1 }).map((days) => hoursAgo(24 * days).slice(0, 10))
  const told = fc.record({
    id: fc.integer({ min: 0, max: 6 }).map(String),
    receivedAt: when.map((day) => `${day}T00:00:00Z`),
    isClosed: fc.boolean(),
    isOther: fc.boolean(),
  })
  const batches = fc.array(fc.array(told, { minLength: 1, maxLength: 12 }), { maxLength: 4 })
  let run = 0

  await fc.assert(
    fc.asyncProperty(
      batches,
      fc.constantFrom(...ticketSorts),
      fc.constantFrom('asc', 'desc'),
      fc.integer({ min: 1, max: 3 }),
      async ([first = [], ...later], sort, order, limit) => {
        const agency = `run ${++run}`
        const send = async (events: typeof first) => {
          for (const [source, isOther] of [
            [app.source, false],
            [other, true],
          ] as const) {
            const mine = events.filter((event) => event.isOther === isOther).map(eventOf)
            if (mine.length > 0) await source.send(ndjson(...mine))
          }
        }
        const eventOf = ({ id, receivedAt, isClosed }: (typeof first)[number]) =>
          ticket({
            id: `${run}-${id}`,
            agency,
            receivedAt,
            ...(isClosed && { status: 'closed', closedAt: receivedAt }),
          })
        await send(first)
        const { n } = (
          await app.sql<{ n: number }[]>`
            select count(*) as n from ticket where id like ${`${run}-%`}`
        )[0]!
        if (n === 0) return
        await expect.poll(async () => (await app.list(`agency=${agency}`)).httpStatus).toBe(200)
        const query = `agency=${agency}&sort=${sort}&order=${order}`
        const before = (await app.list(`${query}&limit=200`)).rows.map(({ mark, id }) => mark + id)
        expect(before).toHaveLength(n)

        const seen: string[] = []
        let after = ''
        for (;;) {
          const page = await app.list(`${query}&limit=${limit}${after}`)
          seen.push(...page.rows.map(({ mark, id }) => mark + id))
          if (page.next === null) break
          after = `&after=${page.next}`
          await send(later.shift() ?? [])
        }

        expect(new Set(seen).size).toBe(seen.length)
        expect(seen.filter((one) => before.includes(one))).toEqual(before)
      },
    ),
    { numRuns: 25 },
  )
}, 60_000)

test('what comes above the first row is told by before, the nearest rows first of all', async () => {
  await using own = await explorerApp()
  await own.source.send(ndjson(ticket({ id: 'a', receivedAt: hoursAgo(9) })))
  const { first } = await own.list()
  expect(idsOf(await own.list(`before=${first}`))).toEqual([])
  await own.source.send(
    ndjson(...['b', 'c', 'd'].map((id, i) => ticket({ id, receivedAt: hoursAgo(8 - i) }))),
  )

  const above = await own.list(`before=${first}&limit=2`)
  const more = await own.list(`before=${above.first}`)

  expect([idsOf(above), above.isMoreAbove]).toEqual([['c', 'b'], true])
  expect([idsOf(more), more.isMoreAbove]).toEqual([['d'], false])
})

test('a cursor holds only in the order it comes from', async () => {
  const { next } = await app.list('limit=1')

  expect((await everyPage('limit=1')).length).toBeGreaterThanOrEqual(6)
  expect(await app.list(`sort=due&after=${next}`)).toMatchObject({ httpStatus: 400, path: 'after' })
  expect(await app.list(`after=${next}&before=${next}`)).toMatchObject({ path: 'before' })
})

const forged = (cursor: object) => Buffer.from(JSON.stringify(cursor)).toString('base64url')
const place = { sort: 'received', order: 'desc', isTimed: true, at: 0, mark: 'x', id: 'late' }

test.each(
  [
    ['after=x', 'after'],
    ['after=', 'after'],
    [`after=${'A'.repeat(10_000)}`, 'after'],
    [`after=${forged(place)}`, 'after'],
    [`after=${forged({ ...place, at: 1e300 })}`, 'after'],
    [`after=${forged({ ...place, at: '0' })}`, 'after'],
    [`after=${forged({ ...place, id: 'a\0' })}`, 'after'],
    [`after=${forged({ ...place, id: 'i'.repeat(2000) })}`, 'after'],
    [`after=${forged({ ...place, sourceId: 1 })}`, 'after'],
    [`after=${forged([])}`, 'after'],
    ['before=null', 'before'],
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=1e9', 'limit'],
    ['limit=1&limit=2', 'limit'],
    ['sort=survey', 'sort'],
    ['sort=received_at;drop', 'sort'],
    ['order=up', 'order'],
    ['status=lost', 'status.0'],
    ['status=', 'status'],
    ['state=sad', 'state.0'],
    ['window=1y', 'window'],
    ['received=yesterday/today', 'received'],
    ['received=2026-02-30/2026-03-01', 'received'],
    ['received=2026-03-02/2026-03-01', 'received'],
    ['received=2026-03-01/2026-03-02&window=7d', 'received'],
    ['agency=Moon', 'agency'],
    [`agency=${'x'.repeat(10_000)}`, 'agency.0'],
    [`agency=${Array.from({ length: 101 }, (_, i) => i).join()}`, 'agency'],
    ['by=channel', 'by'],
    ['colour=red', 'colour'],
    ['__proto__=1', '__proto__'],
    ['constructor=1', 'constructor'],
    ['hasOwnProperty=1', 'hasOwnProperty'],
  ].map(([query, path]) => [query!.slice(0, 60), path, query!] as const),
)('I11: %s is refused and %s named', async (_, path, query) => {
  const answer = await app.list(query)

  expect(answer).toMatchObject({ httpStatus: 400, path, error: expect.any(String) })
  expect(JSON.stringify(answer).length).toBeLessThan(1000)
})
