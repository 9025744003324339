import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultPolicy } from '#shared/policy.ts'
import type { Dimension } from '#shared/ticket.ts'
import { csvColumns, ticketPath } from '#shared/tickets.ts'
import { setPolicy } from '../../../server/policies/set.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'
import { explorerApp, type ExplorerApp, hoursAgo } from '../../support/explorer.ts'

let app: ExplorerApp

const first = {
  id: 'watched',
  receivedAt: hoursAgo(40),
  area: 'Hill',
  category: 'lamps',
  channel: 'wechat-secret',
  language: 'zh-secret',
  summary: 'My neighbour Ada Secret complains',
  location: { lat: 42.35954, lon: -71.05871 },
  respondedAt: hoursAgo(39),
  status: 'closed',
  closedAt: hoursAgo(20),
  closeReason: 'resolved',
}
const survey = { at: hoursAgo(1), resolved: false, satisfaction: 1 }

beforeAll(async () => {
  app = await explorerApp()
  const others = ['other-1', 'other-2'].map((id) => ticket({ ...first, id, language: 'en' }))
  const { seq } = await app.source.send(ndjson(ticket(first), ...others))
  await app.reached(seq!)
})
afterAll(() => app[Symbol.asyncDispose]())

/** Everything that can be asked about single tickets, as the bytes that are answered, less the clock. */
async function everything(): Promise<Record<string, string>> {
  const { rows } = await app.list('limit=200')
  const paths = [
    ...['received', 'due', 'closed', 'age'].map((sort) => `tickets?sort=${sort}&limit=200`),
    ...['agency', 'area', 'category', 'status'].map((by) => `tickets?by=${by}`),
    'tickets.csv',
    'tickets?state=onTime,late&window=7d',
    'search?q=watched',
    ...rows.map(ticketPath),
  ]
  const answers = paths.map(async (path) => {
    const text = await (await app.get(`/api/v1/${path}`)).text()
    return [path, text.replaceAll(/"asOf":"[^"]*"/g, '').replaceAll(/"seconds":-?\d+/g, '')]
  })
  return Object.fromEntries(await Promise.all(answers)) as Record<string, string>
}

test('I8: a survey that arrives changes no byte of what is told of single tickets', async () => {
  const before = await everything()
  const { seq } = await app.source.send(ndjson(ticket({ ...first, version: 2, survey })))
  await app.reached(seq!)
  const again = await app.source.send(
    ndjson(ticket({ ...first, version: 7, survey: { ...survey, satisfaction: 5 } })),
  )
  await app.reached(again.seq!)

  expect(await everything()).toEqual(before)
})

test('I8: what comes after a survey leaves no gap where it was', async () => {
  const { seq } = await app.source.send(
    ndjson(ticket({ ...first, version: 9, survey, agency: 'Parks' })),
  )
  await app.reached(seq!)

  const { timeline } = await app.pageOf('watched')

  expect(timeline.map(({ kind, version }) => [kind, version])).toEqual([
    ['received', 1],
    ['responded', 1],
    ['closed', 1],
    ['transferred', 2],
  ])
})

test('I8: nowhere stands what a citizen wrote, a closed dimension, a survey or which source told it', async () => {
  await newSource(app, 'wechat-secret-source').then((other) =>
    other.send(ndjson(ticket({ ...first, id: 'of another source' }))),
  )
  const told = JSON.stringify(await everything())

  expect(told).toContain('of another source')
  expect(told).not.toMatch(/secret|phone|survey|satisf|summary|channel|language|sourceId|digest/i)
  // Of the place, the square of a kilometre.
  expect(told).not.toMatch(/42\.359|71\.058/)
  expect((await app.pageOf('watched')).cell).toEqual({ south: 42.35, west: -71.06, size: 0.01 })
})

test('I8: a mark is another one for each ticket of a source', async () => {
  const { rows } = await app.list()

  expect(new Set(rows.map(({ mark }) => mark)).size).toBe(rows.length)
})

test.each([
  ['tickets?channel=phone', 'channel'],
  ['tickets?language=en', 'language'],
  ['tickets?language=nobody-knows', 'language'],
  ['tickets.csv?channel=phone', 'channel'],
  ['tickets?by=status&language=en', 'language'],
])('I8: %s is a 403', async (path, named) => {
  expect(await app.ask(path)).toMatchObject({ httpStatus: 403, path: named })
})

test.each(['sort=channel', 'sort=survey', 'sort=updated', 'by=channel', 'survey=1', 'summary=x'])(
  'I8: %s is no question',
  async (query) => expect(await app.list(query)).toMatchObject({ httpStatus: 400 }),
)

test('I8: by the name of its source no ticket is found', async () => {
  for (const source of ['phone', String(app.source.id), 'wechat-secret-source']) {
    expect(await app.page({ mark: source, id: 'watched' })).toMatchObject({ httpStatus: 404 })
  }
})

test('I8: what a policy closes is gone at once, and single tickets when nothing is opened', async () => {
  await using own = await explorerApp()
  const { seq } = await own.source.send(ndjson(ticket(first)))
  await own.reached(seq!)
  const open = async (...opened: Dimension[]) => {
    await setPolicy(own.db, { ...defaultPolicy, opened }, { clock: 'database', setBy: 'test' })
    await expect
      .poll(async () => (await own.ask<{ opened: string[] }>('deployment')).opened)
      .toEqual(opened)
  }
  const { rows } = await own.list()

  await open('category')
  const page = await own.page(rows[0]!)
  const csv = await (await own.get('/api/v1/tickets.csv')).text()
  expect(JSON.stringify([await own.list(), page, csv])).not.toMatch(/Hill|PWD|phone|transfers/)
  expect([page.cell, page.ticket.category]).toEqual([null, 'lamps'])
  expect(csv.split('\r\n')[0]!.split(',')).toEqual(
    csvColumns.filter((name) => !/agency|area|channel|language|transfers/.test(name)),
  )
  expect(await own.list('area=hill')).toMatchObject({ httpStatus: 403, path: 'area' })

  await open('channel')
  expect((await own.page(rows[0]!)).ticket).toMatchObject({
    source: 'phone',
    channel: 'wechat-secret',
  })

  await open()
  for (const path of ['tickets', 'tickets?by=status', 'tickets.csv', ticketPath(rows[0]!)]) {
    expect(await own.ask(path)).toMatchObject({
      httpStatus: 403,
      error: expect.stringContaining('opened no dimension'),
    })
  }
})
