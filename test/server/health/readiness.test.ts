import { expect, test } from 'vitest'
import { contributionsVersion } from '#shared/measures/contributions.ts'
import { watchWriting } from '../../../server/health/writing.ts'
import { runningApp } from '../../support/app.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'

const code = (code: string) => Object.assign(new Error('secret'), { code })

const ready = async (app: Awaited<ReturnType<typeof runningApp>>) => {
  const answer = await app.get('/readyz')
  return { code: answer.status, ...((await answer.json()) as object) }
}

test('is ready with the seq it stands at', async () => {
  await using app = await runningApp()

  expect(await ready(app)).toEqual({ code: 200, status: 'ready', seq: 0 })
})

test('another version that writes the journal is named, and its tickets are counted all the same', async () => {
  await using app = await runningApp()
  await app.sql.begin(async (sql) => {
    await sql`update journal_head set seq = seq + 1`
    await sql`
      insert into journal (seq, batch, at, kind, contributions, events, delta)
      select seq, nextval('batch'), clock_timestamp(), 'tickets', ${contributionsVersion + 1}, 0, ''
      from journal_head
    `
  })

  const otherVersion = contributionsVersion + 1
  await expect.poll(() => ready(app)).toEqual({ code: 200, status: 'ready', seq: 1, otherVersion })
})

test('a database that takes nothing is named, until it takes something again', async () => {
  await using app = await runningApp()
  const source = await newSource(app)
  await app.sql.unsafe(`
    create function full_disk() returns trigger language plpgsql as $$
    begin raise exception 'no space' using errcode = '53100'; end $$;
    create trigger full_disk before insert on ticket execute function full_disk();
  `)
  const refused = await source.send(ndjson(ticket()))

  expect(refused).toMatchObject({ status: 503, accepted: 0 })
  expect(await ready(app)).toMatchObject({
    code: 503,
    error: 'The disk of the database is full.',
  })
  await app.sql`drop trigger full_disk on ticket`
  expect(await source.send(ndjson(ticket()))).toMatchObject({ status: 200, accepted: 1 })
  expect((await app.get('/readyz')).status).toBe(200)
})

test('a failure to write is remembered for a minute, from its first time on', () => {
  let now = 0
  const writing = watchWriting(() => now)
  writing.failed(code('23514'))
  expect(writing.complaint).toBeUndefined()

  writing.failed(code('53100'))
  now = 30_000
  writing.failed(code('53100'))
  now = 80_000
  expect(writing.complaint).toEqual({ error: 'The disk of the database is full.', since: 0 })
  now = 90_000
  expect(writing.complaint).toBeUndefined()
})

test('metrics count what was sent and sent away, for those who have the token, with labels of a fixed number', async () => {
  await using app = await runningApp({ metricsToken: 'a token', requestsPerMinute: 6 })
  const source = await newSource(app)
  await source.send(ndjson(ticket({ id: 'a' }), ticket({ id: 'a' }), ticket({ version: -1 })))
  for (let times = 0; times < 3; times++) {
    await app.get(`/api/v1/view?measures=received&window=24h&area=${times}`)
    await app.get(`/nothing/here/${times}`)
  }
  expect((await app.get('/metrics')).status).toBe(401)
  const answer = await app.get('/metrics', { headers: { authorization: 'Bearer a token' } })
  const text = await answer.text()

  const value = (line: string) =>
    text
      .split('\n')
      .find((one) => one.startsWith(`${line} `))
      ?.split(' ')
      .at(-1)
  expect(value('clerestory_intake_events_total{outcome="accepted"}')).toBe('1')
  expect(value('clerestory_intake_events_total{outcome="unchanged"}')).toBe('1')
  expect(value('clerestory_intake_events_total{outcome="rejected"}')).toBe('1')
  expect(value('clerestory_intake_batch_seconds_count')).toBe('1')
  expect(value('clerestory_refused_total{limit="address"}')).toBe('2')
  expect(value('clerestory_http_seconds_count{route="/api/v1/events",status="2xx"}')).toBe('1')
  expect(value('clerestory_http_seconds_count{route="none",status="4xx"}')).toBe('5')
  // Also where several servers are in one process.
  expect(text.match(/^nodejs_eventloop_lag_p99_seconds /gm)).toHaveLength(1)
  expect(text).not.toContain('phone')
  expect(text).not.toContain('nothing/here')
})
