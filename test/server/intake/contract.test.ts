import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { disableSource } from '../../../server/sources/queries.ts'
import { runningApp } from '../../support/app.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'

let app: Awaited<ReturnType<typeof runningApp>>
let source: Awaited<ReturnType<typeof newSource>>

beforeAll(async () => {
  app = await runningApp()
  source = await newSource(app)
})
afterAll(() => app[Symbol.asyncDispose]())

const nothing = { accepted: 0, unchanged: 0, conflicting: 0, stale: 0, rejected: [] }

test('answers what became of each event, and a resend changes nothing', async () => {
  const first = ticket({ id: 'a', version: 2 })
  const second = ticket({ id: 'b' })

  const told = await source.send(ndjson(first, second))
  const again = await source.send(ndjson(first, second))

  expect(told).toMatchObject({ ...nothing, status: 200, accepted: 2 })
  expect(again).toMatchObject({ ...nothing, status: 200, unchanged: 2, seq: told.seq })
})

test('the same version with other content is never applied', async () => {
  await source.send(ndjson(ticket({ id: 'c' })))
  const answer = await source.send(ndjson(ticket({ id: 'c', agency: 'ISD' })))

  expect(answer).toMatchObject({ ...nothing, conflicting: 1 })
  const stored = await app.db
    .selectFrom('ticket')
    .select('agency')
    .where('id', 'in', ['b', 'c'])
    .execute()
  expect(new Set(stored.map(({ agency }) => agency)).size).toBe(1)
})

test('an older version is kept in the history, once, without effect', async () => {
  await source.send(ndjson(ticket({ id: 'd', version: 5 })))
  for (let times = 0; times < 2; times++) {
    expect(await source.send(ndjson(ticket({ id: 'd', version: 3 })))).toMatchObject({ stale: 1 })
  }

  const kept = await app.db
    .selectFrom('ticketHistory')
    .select(['version', 'fate'])
    .where('id', '=', 'd')
    .execute()
  expect(kept).toEqual([{ version: 3, fate: 'stale' }])
})

test('versions of one ticket in one body are judged one after the other', async () => {
  const at = (version: number, more = {}) => ticket({ id: 'e', version, ...more })
  const answer = await source.send(ndjson(at(1), at(3), at(2), at(3), at(3, { agency: 'X' })))

  expect(answer).toMatchObject({ accepted: 2, stale: 1, unchanged: 1, conflicting: 1 })
})

test('good lines are kept when others are bad, and each bad one is named', async () => {
  const answer = await source.send(
    `${ndjson(ticket({ id: 'f' }))}not json\n\n${ndjson(ticket({ receivedAt: 'yesterday' }), ticket({ id: 'g' }))}`,
  )

  expect(answer).toMatchObject({
    status: 200,
    accepted: 2,
    rejected: [
      { line: 2, path: '', error: 'is not valid JSON' },
      { line: 4, path: 'receivedAt' },
    ],
  })
})

test.each([
  ['a JSON array', (body: string) => body, { 'content-type': 'application/json' }],
  [
    'a gzipped array',
    (body: string) => gzipSync(body),
    { 'content-type': 'application/json', 'content-encoding': 'gzip' },
  ],
])('takes %s', async (_, encode, headers) => {
  const body = JSON.stringify([ticket({ summary: 'a "],[{" \\' }), ticket(), 7])
  const answer = await source.send(encode(body), headers)

  expect(answer).toMatchObject({ status: 200, accepted: 2, rejected: [{ line: 3 }] })
})

test('takes gzipped lines, and a last line without an end', async () => {
  const answer = await source.send(gzipSync(ndjson(ticket(), ticket()).trimEnd()), {
    'content-encoding': 'gzip',
  })

  expect(answer).toMatchObject({ status: 200, accepted: 2 })
})

test('an empty array says that the source is there', async () => {
  const before = Date.now()
  expect(await source.send('[]', { 'content-type': 'application/json' })).toMatchObject({
    ...nothing,
    status: 200,
  })

  const [row] = await app.db
    .selectFrom('source')
    .select('heardAt')
    .where('id', '=', source.id)
    .execute()
  expect(row!.heardAt).toBeGreaterThanOrEqual(before - 1000)
})

test.each([
  [400, 'an empty body', '', {}],
  [400, 'nothing readable', 'a\nb\n', {}],
  [400, 'JSON that is no array', '{"a":1}', { 'content-type': 'application/json' }],
  [400, 'an array that ends too early', '[{"a":1}', { 'content-type': 'application/json' }],
  [400, 'what is not gzip', 'plain', { 'content-encoding': 'gzip' }],
  [415, 'another type', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }],
  [415, 'another encoding', 'a', { 'content-encoding': 'br' }],
  [401, 'no key', '', { authorization: '' }],
  [401, 'a wrong key', '', { authorization: 'Bearer clr_wrong' }],
  [401, 'a key with rubbish in it', '', { authorization: 'Bearer a b' }],
])('answers %i to %s', async (status, _, body, headers) => {
  const answer = await source.send(body, headers)

  expect(answer).toMatchObject({ status, error: expect.any(String) })
})

test('a disabled source is refused within seconds', async () => {
  const other = await newSource(app, 'fax')
  expect(await other.send(ndjson(ticket()))).toMatchObject({ status: 200 })
  await disableSource(app.db, 'fax')

  await expect
    .poll(async () => (await other.send(ndjson(ticket()))).status, { timeout: 5000 })
    .toBe(401)
})

test.each([
  ['an open ticket with a closing time', { closedAt: '2026-03-02T00:00:00Z' }, 'closedAt'],
  ['a closed ticket without one', { status: 'closed' }, 'closedAt'],
  [
    'a reopening before its close',
    { reopenings: [{ closedAt: '2026-03-03T00:00:00Z', at: '2026-03-02T00:00:00Z' }] },
    'reopenings',
  ],
  ['an unknown status', { status: 'lost' }, 'status'],
  ['an unknown field', { colour: 'red' }, ''],
  ['a time without a zone', { receivedAt: '2026-01-01T09:00:00' }, 'receivedAt'],
  [
    'a time an hour ahead',
    { receivedAt: new Date(Date.now() + 3_600_000).toISOString() },
    'receivedAt',
  ],
  [
    'a due date 11 years ahead',
    { dueAt: new Date(Date.now() + 11 * 365.25 * 86_400_000).toISOString() },
    'dueAt',
  ],
  [
    'a rating of 6',
    { survey: { at: '2026-03-02T00:00:00Z', satisfaction: 6 } },
    'survey.satisfaction',
  ],
  ['a place off the earth', { location: { lat: 91, lon: 0 } }, 'location.lat'],
])('rejects %s', async (_, fault, path) => {
  const answer = await source.send(ndjson(ticket(fault)))

  expect(answer).toMatchObject({ status: 400, accepted: 0, rejected: [{ line: 1, path }] })
})

test('a close before receipt is kept, its duration refused and counted', async () => {
  const fault = { status: 'closed', closedAt: '2026-02-28T00:00:00Z' }
  expect(await source.send(ndjson(ticket(fault)))).toMatchObject({ status: 200, accepted: 1 })

  const window = '2026-02-28/2026-03-02'
  await expect
    .poll(async () => {
      const answer = await app.get(
        `/api/v1/view?measures=closed,refused,timeToClose&window=${window}`,
      )
      return ((await answer.json()) as { totals: unknown[] }).totals
    })
    .toEqual([null, 1, 1, null, null, null, 0])
})
