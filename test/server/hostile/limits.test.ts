import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ViewSpec } from '#shared/view.ts'
import { addSource } from '../../../server/sources/sources.ts'
import { runningApp } from '../../support/app.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'
import { askToWatch, type RawSocket, rawSocket } from '../../support/raw-socket.ts'

const today: ViewSpec = { measures: ['received'], window: '24h' }
const view = '/api/v1/view?measures=received&window=24h'
const visitor = (address: string) => ({ 'x-forwarded-for': address })

type App = Awaited<ReturnType<typeof runningApp>>

/** What an address may do is limited: each test comes from addresses of its own. */
let app: App
/** What an address may do is not. */
let open: App

beforeAll(async () => {
  const limits = { requestsPerMinute: 60, socketsPerAddress: 200, viewsPerAddress: 50 }
  app = await runningApp({ ...limits, trustProxy: 1 })
  open = await runningApp({ intakeEventsPerMinute: 10_000 })
})
afterAll(async () => {
  await app[Symbol.asyncDispose]()
  await open[Symbol.asyncDispose]()
})

test('I11: an address that asks without end is told when to come again, and others are answered', async () => {
  const ask = (address: string) => app.get(view, { headers: visitor(address) })
  const answers = await Promise.all(Array.from({ length: 30 }, () => ask('198.51.100.1')))

  expect(answers.filter(({ status }) => status === 200)).toHaveLength(10)
  const refused = answers.find(({ status }) => status === 429)!
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
  expect(await refused.json()).toEqual({
    code: 'too-often',
    error: expect.stringMatching(/^Too many requests from this address\. Come again in \d+ s\.$/),
  })
  expect((await ask('198.51.100.2')).status).toBe(200)
  for (const path of ['/livez', '/readyz', '/metrics']) {
    const answer = await app.get(path, { headers: visitor('198.51.100.1') })
    expect(answer.status).toBe(200)
  }
  const metrics = await (await app.get('/metrics')).text()
  expect(metrics).toContain('clerestory_refused_total{limit="address"} 20')
})

test('I11: a source that sends more than it may is stopped in the middle, told what was kept, and others go on', async () => {
  await using app = await runningApp({ intakeEventsPerMinute: 2500 })
  const source = await newSource(app)
  const events = Array.from({ length: 6000 }, () => ticket())
  const stopped = await source.send(ndjson(...events))

  expect(stopped).toMatchObject({ status: 429, error: expect.stringContaining('Come again in') })
  expect(stopped.accepted).toBeGreaterThan(1000)
  expect(stopped.accepted).toBeLessThanOrEqual(2500)
  const stored = await app.db.selectFrom('ticket').select('id').execute()
  expect(stored).toHaveLength(stopped.accepted!)

  const next = await fetch(`${app.origin}/api/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${source.key}`, 'content-type': 'application/x-ndjson' },
    body: ndjson(ticket()),
  })
  expect(next.status).toBe(429)
  expect(Number(next.headers.get('retry-after'))).toBeGreaterThan(1)
  expect(await next.json()).toMatchObject({ accepted: 0, rejected: [] })
  const other = await newSource(app, 'web')
  expect(await other.send(ndjson(ticket()))).toMatchObject({ status: 200, accepted: 1 })
})

test.each([
  ['blank lines', '\n'.repeat(20_000)],
  ['lines that cannot be read', 'x\n'.repeat(20_000)],
  ['one long line', 'x'.repeat(20_000 * 4096)],
])('I11: %s count as events', async (name, body) => {
  const source = await newSource(open, name)

  expect(await source.send(body)).toMatchObject({ status: 429, accepted: 0 })
})

test('I11: an address may try few wrong keys, and a source that is known sends on beside it', async () => {
  const good = await newSource(app, 'app')
  const send = async (key: string, address: string): Promise<number> => {
    const answer = await app.post('/api/v1/events', ndjson(ticket()), {
      authorization: `Bearer ${key}`,
      'content-type': 'application/x-ndjson',
      ...visitor(address),
    })
    return answer.status
  }
  expect(await send(good.key, '198.51.101.1')).toBe(200)
  const tried = []
  for (let times = 0; times < 32; times++) tried.push(await send(`clr_${times}`, '198.51.101.1'))

  expect(tried.slice(0, 30)).toEqual(Array(30).fill(401))
  expect(tried.slice(30)).toEqual([429, 429])
  const { key: unknown } = await addSource(app.db, { name: 'web', kind: 'web' })
  expect(await send(unknown, '198.51.101.1')).toBe(429)
  expect(await send(unknown, '198.51.101.2')).toBe(200)
  await new Promise((resolve) => setTimeout(resolve, 2100))
  expect(await send(good.key, '198.51.101.1')).toBe(200)
})

test('I11: of a thousand sockets from one address 200 are served, the others told why, and other addresses served', async () => {
  const sockets: RawSocket[] = []
  const answers = await Promise.all(
    Array.from({ length: 1000 }, async () => {
      const raw = await rawSocket(app.origin, visitor('198.51.102.1'))
      sockets.push(raw)
      return askToWatch(raw, [today])
    }),
  )

  expect(answers.filter((answer) => answer === 'snapshot')).toHaveLength(200)
  const refused =
    'From your address 200 pages are open already, and this server serves no more of them.'
  expect(answers.filter((answer) => answer === refused)).toHaveLength(800)
  using other = await rawSocket(app.origin, visitor('198.51.102.2'))
  expect(await askToWatch(other, [today])).toBe('snapshot')

  const isOpen = () => sockets.filter(({ socket }) => socket.readyState === WebSocket.OPEN).length
  await expect.poll(isOpen, { timeout: 8000 }).toBe(200)
  for (const raw of sockets) raw.close()
  await expect
    .poll(async () => {
      using again = await rawSocket(app.origin, visitor('198.51.102.1'))
      return await askToWatch(again, [today])
    })
    .toBe('snapshot')
}, 60_000)

test('I11: more connections than can be told why are refused at the handshake', async () => {
  await using app = await runningApp({ socketsPerAddress: 10 })
  const sockets = await Promise.all(Array.from({ length: 1100 }, () => rawSocket(app.origin)))
  const isOpen = ({ socket }: (typeof sockets)[0]) => socket.readyState === WebSocket.OPEN

  expect(sockets.filter(isOpen).length).toBeLessThanOrEqual(1010)
  for (const raw of sockets) raw.close()
})

/** Different questions: `count` of them, from the `first` on. */
const questions = (first: number, count: number): ViewSpec[] =>
  Array.from({ length: count }, (_, i) => {
    const from = new Date(Date.now() - (10 + ((first + i) % 300)) * 86_400_000)
    const by = [undefined, 'hour', 'day', 'minute'][Math.floor((first + i) / 300) % 4] as 'hour'
    const to = new Date(from.getTime() + 86_400_000)
    const window = `${from.toISOString().slice(0, 10)}/${to.toISOString().slice(0, 10)}`
    const measures: ViewSpec['measures'] = first + i < 1200 ? ['received'] : ['received', 'closed']
    return { id: `${i}`, measures, window, ...(by && { by }) }
  })

test('I11: the 2,001st view is refused in words, and one that is watched already is shown', async () => {
  const watching = await Promise.all(
    Array.from({ length: 100 }, async (_, place) => {
      const raw = await rawSocket(open.origin)
      return askToWatch(raw, questions(20 * place, 20))
    }),
  )
  expect(new Set(watching)).toEqual(new Set(['snapshot']))
  using late = await rawSocket(open.origin)
  using early = await rawSocket(open.origin)

  expect(await askToWatch(late, questions(2000, 1))).toMatch(/2000 different views.* are taken/)
  expect(await askToWatch(early, questions(0, 20))).toBe('snapshot')
}, 60_000)

test('I11: one address cannot take all views', async () => {
  const here = await Promise.all(
    [0, 20, 40].map(() => rawSocket(app.origin, visitor('198.51.103.1'))),
  )
  using there = await rawSocket(app.origin, visitor('198.51.103.2'))

  expect(await askToWatch(here[0]!, questions(0, 20))).toBe('snapshot')
  expect(await askToWatch(here[1]!, questions(20, 20))).toBe('snapshot')
  expect(await askToWatch(here[2]!, questions(40, 20))).toMatch(/watches 40 different views/)
  expect(await askToWatch(there, questions(40, 20))).toBe('snapshot')
  here[0]!.close()
  await here[0]!.closed
  using again = await rawSocket(app.origin, visitor('198.51.103.1'))
  expect(await askToWatch(again, questions(40, 20))).toBe('snapshot')
})
