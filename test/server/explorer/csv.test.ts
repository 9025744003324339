import { request } from 'node:http'
import { expect, test } from 'vitest'
import { csvColumns } from '#shared/tickets.ts'
import { ndjson, ticket } from '../../support/events.ts'
import { explorerApp, hoursAgo } from '../../support/explorer.ts'

test('a file holds the whole list, however long, in its order and narrowed as asked', async () => {
  await using app = await explorerApp()
  const events = Array.from({ length: 2345 }, (_, i) =>
    ticket({
      id: `T${i}`,
      receivedAt: new Date(Date.now() - i * 60_000).toISOString(),
      agency: i % 2 ? 'A' : 'B',
      ...(i % 3 === 0 && { status: 'closed', closedAt: hoursAgo(0) }),
    }),
  )
  const { seq } = await app.source.send(ndjson(...events))
  await app.reached(seq!)
  const lines = async (query: string) =>
    (await (await app.get(`/api/v1/tickets.csv?${query}`)).text()).split('\r\n').slice(0, -1)

  const all = await lines('')
  expect(all[0]).toBe(csvColumns.filter((one) => one !== 'channel' && one !== 'language').join())
  expect(all.slice(1).map((line) => line.split(',')[1])).toEqual(events.map(({ id }) => id))
  expect(await lines('agency=a&status=open')).toHaveLength(
    1 + events.filter(({ agency, status }) => agency === 'A' && status === 'open').length,
  )
  expect(new Set((await lines('sort=closed')).slice(1)).size).toBe(2345)
  expect(await lines('by=agency')).toEqual(['agency,tickets', 'B,1173', 'A,1172', ',2345'])
})

test('a file says its name, and no cell in it is run by a spreadsheet', async () => {
  await using app = await explorerApp()
  const { seq } = await app.source.send(
    ndjson(ticket({ id: '=cmd()', agency: '@SUM(1)', closeReason: 'a "word", and\nmore' })),
  )
  await app.reached(seq!)

  const answer = await app.get('/api/v1/tickets.csv')

  expect(answer.headers.get('content-type')).toContain('text/csv')
  expect(answer.headers.get('content-disposition')).toContain('tickets.csv')
  const text = await answer.text()
  expect(text).toContain(",'=cmd(),open,")
  expect(text).toContain(",'@SUM(1),")
  expect(text).toContain(',"a ""word"", and\nmore",')

  const counted = await app.get('/api/v1/tickets.csv?by=agency&status=open')
  expect(counted.headers.get('content-disposition')).toContain('tickets.csv')
  expect(await counted.text()).toBe("agency,tickets\r\n'@SUM(1),1\r\n,1\r\n")
})

test.each(['limit', 'after', 'before'])('a file takes no %s', async (name) => {
  await using app = await explorerApp()

  expect(await app.ask(`tickets.csv?${name}=1`)).toMatchObject({
    httpStatus: 400,
    path: name,
  })
})

test('I11: readers who do not read wait in line, and one who hangs up stops what is read for it', async () => {
  await using app = await explorerApp()
  await app.sql`
    insert into ticket (source_id, id, version, digest, batch, status, precision, received_at, agency,
      area, category, channel, language, transfers, policy_version, close_reason)
    select 1, 'T' || n, 1, '', 0, 'open', 'instant', now() - n * interval '1 second', 0, 0, 0, 0, 0, 0, 0,
      repeat('x', 200)
    from generate_series(1, 100000) as n`
  const reading = () =>
    app.sql<{ n: number }[]>`
      select count(*) as n from pg_stat_activity
      where datname = current_database() and state <> 'idle' and query like '%from "ticket"%'
        and pid <> pg_backend_pid()`.then(([row]) => row!.n)
  const hold = () => {
    const asked = request(`${app.origin}/api/v1/tickets.csv`, (answer) => answer.pause())
    asked.on('error', () => {})
    asked.end()
    return asked
  }
  const before = process.memoryUsage().rss
  const readers = Array.from({ length: 6 }, hold)

  await expect.poll(reading).toBe(3)
  // Others are answered meanwhile.
  expect((await app.list('limit=200')).rows).toHaveLength(200)
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
  for (const reader of readers) reader.destroy()
  await expect.poll(reading).toBe(0)
  const text = await (await app.get('/api/v1/tickets.csv')).text()
  expect(text.split('\r\n')).toHaveLength(100_002)
}, 60_000)
