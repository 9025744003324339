import { io, Manager, type Socket } from 'socket.io-client'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { defaultPolicy } from '#shared/policy.ts'
import { applyChange, type ViewSpec } from '#shared/view.ts'
import {
  type ClientToServer,
  protocol,
  type Pulse,
  type Refusal,
  type ServerToClient,
  type Snapshot,
} from '#shared/wire.ts'
import { openIntake } from '../../../server/intake/intake.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { setPolicy } from '../../../server/policies/set.ts'
import { runningApp } from '../../support/app.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'

let app: Awaited<ReturnType<typeof runningApp>>
let source: Awaited<ReturnType<typeof newSource>>
let open: Socket[] = []

beforeAll(async () => {
  app = await runningApp({
    prepare: (db) => insertPolicy(db, { ...defaultPolicy, opened: ['agency', 'area'] }),
  })
  source = await newSource(app)
})
beforeEach(() => {
  for (const socket of open) socket.disconnect()
  open = []
})
afterAll(async () => {
  for (const socket of open) socket.disconnect()
  await app[Symbol.asyncDispose]()
})

const today: ViewSpec = { id: 'today', measures: ['received', 'open'], window: '24h' }
const byAgency: ViewSpec = { id: 'agencies', measures: ['received'], by: 'agency', window: '7d' }

/** A page: connects, keeps what it is sent, and asks for other views. */
function connect(auth: object = { protocol, views: [today] }, headers = {}) {
  const socket: Socket<ServerToClient, ClientToServer> = io(app.origin, {
    auth,
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: headers,
  })
  open.push(socket)
  const page = {
    snapshot: undefined as Snapshot | undefined,
    gaps: 0,
    patches: 0,
    pulses: [] as Pulse[],
    refusal: '',
  }
  socket.on('views:snapshot', (snapshot) => (page.snapshot = snapshot))
  socket.on('views:patch', (patch) => {
    const { snapshot } = page
    if (!snapshot || String(patch.from) !== String(snapshot.at)) return void page.gaps++
    page.patches++
    const changes = new Map(patch.views.map((change) => [change.id, change]))
    const views = snapshot.views.map((view) => {
      const change = changes.get(view.id)
      return change ? applyChange(view, change) : view
    })
    page.snapshot = { at: patch.at, asOf: patch.asOf, views }
  })
  socket.on('pulse', (pulse) => void page.pulses.push(pulse))
  socket.on('connect_error', (error) => (page.refusal = error.message))
  return {
    socket,
    page,
    received: (id = 'today') => page.snapshot?.views.find((view) => view.id === id)?.totals[1],
  }
}

const watch = (socket: Socket<ServerToClient, ClientToServer>, views: unknown) =>
  new Promise<Refusal | undefined>((resolve) => socket.emit('watch', views as ViewSpec[], resolve))

const now = () => ({ receivedAt: new Date().toISOString() })

async function total(): Promise<unknown> {
  const answer = await app.get('/api/v1/view?measures=received,open&window=24h')
  return ((await answer.json()) as { totals: unknown[] }).totals[1]
}

test('I4: a snapshot and the patches after it lead without a gap to what HTTP answers', async () => {
  const { page, received } = connect()
  await expect.poll(() => page.snapshot).toBeDefined()
  for (let times = 0; times < 3; times++) {
    await source.send(ndjson(ticket(now()), ticket(now())))
    await new Promise((resolve) => setTimeout(resolve, 200))
  }

  await expect.poll(async () => received() === (await total()) && received()).toBe(6)
  expect(page.gaps).toBe(0)
  expect(page.patches).toBeGreaterThan(0)
})

test('watch replaces the set of views, and a bad set leaves the old one', async () => {
  const { socket, page } = connect()
  await expect.poll(() => page.snapshot).toBeDefined()

  expect(await watch(socket, [byAgency])).toBeUndefined()
  await expect.poll(() => page.snapshot!.views.map(({ id }) => id)).toEqual(['agencies'])
  expect(await watch(socket, [{ ...byAgency, by: 'channel' }])).toMatchObject({ path: 'by' })
  expect(page.snapshot!.views.map(({ id }) => id)).toEqual(['agencies'])
})

test.each([
  ['no list', 7],
  ['a measure that is none', [{ measures: ['gold'], window: '24h' }]],
  ['a window that is none', [{ ...today, window: 'forever' }]],
  ['a range that ends before it starts', [{ ...today, window: '2026-02-02/2026-02-01' }]],
  ['a date that is none', [{ ...today, window: '2026-02-31/2026-03-05' }]],
  ['a range older than what is held live', [{ ...today, window: '2001-01-01/2001-02-01' }]],
  ['an agency nobody knows', [{ ...today, filters: { agency: ['Moon'] } }]],
  ['a dimension that is closed', [{ ...today, filters: { language: ['en'] } }]],
  ['more rows than a chart has pixels', [{ ...today, by: 'minute', window: '90d' }]],
  ['21 views', Array.from({ length: 21 }, (_, i) => ({ ...today, id: `${i}` }))],
  ['unknown fields', [{ ...today, evil: true }]],
])('I11: a watch for %s is refused in words', async (_, views) => {
  const { socket, page } = connect()
  await expect.poll(() => page.snapshot).toBeDefined()

  expect(await watch(socket, views)).toMatchObject({ error: expect.any(String) })
  expect(socket.connected).toBe(true)
})

test('I11: packets that fit no contract harm nobody', async () => {
  const { socket, page } = connect()
  await expect.poll(() => page.snapshot).toBeDefined()
  const raw = socket as unknown as { emit(event: string, ...values: unknown[]): void }
  raw.emit('watch')
  raw.emit('watch', [today])
  raw.emit('watch', [today], 'no function')
  raw.emit('watch', null, null, null)
  raw.emit('__proto__', {})
  raw.emit('no such event', Buffer.alloc(1000))
  socket.io.engine.write('2[')
  socket.io.engine.write('999{"a":')

  const other = connect()
  await expect.poll(() => other.page.snapshot).toBeDefined()
})

test('a page of another protocol is told that it is outdated, a bad set in the handshake why', async () => {
  const old = connect({ protocol: 0, views: [] })
  const closed = connect({ protocol, views: [{ ...today, by: 'channel' }] })
  const none = connect({})

  await expect.poll(() => [old.page.refusal, none.page.refusal]).toEqual(['outdated', 'outdated'])
  await expect
    .poll(() => closed.page.refusal)
    .toContain('This city has not opened channel to the public.')
})

test('a range that is not held live is refused at the door, in words', async () => {
  const { page } = connect({ protocol, views: [{ ...today, window: '2001-01-01/2001-02-01' }] })

  await expect.poll(() => page.refusal).toContain('before what is held live')
})

test('I8: a page that shows a dimension loses its socket when the city closes it, and is told why', async () => {
  const area = connect({ protocol, views: [today, { ...byAgency, by: 'area' }] })
  const agency = connect({ protocol, views: [byAgency] })
  await expect.poll(() => area.page.snapshot && agency.page.snapshot).toBeDefined()
  await setPolicy(app.db, { ...defaultPolicy, opened: ['agency'] })

  await expect.poll(() => area.socket.connected).toBe(false)
  area.socket.connect()
  await expect
    .poll(() => area.page.refusal)
    .toContain('This city has not opened area to the public.')
  expect(agency.socket.connected).toBe(true)
  await setPolicy(app.db, { ...defaultPolicy, opened: ['agency', 'area'] })
})

test('a page of another site gets no socket', async () => {
  const { socket, page } = connect(undefined, { origin: 'https://elsewhere.example' })

  await expect.poll(() => page.refusal).not.toBe('')
  expect(socket.connected).toBe(false)
})

test('I5: a pulse comes at least every two seconds, with the server clock and every source', async () => {
  const { page } = connect()
  await expect.poll(() => page.pulses.length).toBeGreaterThanOrEqual(3)

  const [first, last] = [page.pulses[0]!, page.pulses.at(-1)!]
  expect(last.now - first.now).toBeLessThan(2000 * (page.pulses.length - 1))
  expect(Math.abs(last.now - Date.now())).toBeLessThan(2000)
  expect(last.sources).toMatchObject([{ name: 'phone', kind: 'hotline', silent: false }])
})

test('I8: a pulse tells of a source only the quarter hour in which it was heard', async () => {
  await source.send(ndjson(ticket(now())))
  const { page } = connect()
  await expect.poll(() => page.pulses.at(-1)?.sources[0]?.heardAt).toBeTruthy()

  const { heardAt, newestAt } = page.pulses.at(-1)!.sources[0]!
  expect([heardAt! % 60_000, newestAt! % 60_000]).toEqual([0, 0])
})

test('a member first seen after the view was opened has its own name', async () => {
  const { page, socket } = connect({ protocol, views: [byAgency] })
  await expect.poll(() => page.snapshot).toBeDefined()
  await source.send(ndjson(ticket({ agency: 'Brand New', ...now() })))

  await expect.poll(() => page.snapshot!.views[0]!.rows.map(([key]) => key)).toContain('Brand New')
  expect(socket.connected).toBe(true)
})

test('what another process wrote arrives too', async () => {
  const { page, received } = connect()
  await expect.poll(() => page.snapshot).toBeDefined()
  const before = received() as number
  const elsewhere = await openIntake({ db: app.db })
  const { readEvent } = await import('../../../server/intake/read-event.ts')
  await elsewhere.submit(source.id, [readEvent(ticket(now()), Date.now()).event!])
  await elsewhere.close()

  await expect.poll(() => received()).toBe(before + 1)
})

test('keeps up after the connection that listens is cut', async () => {
  const { page, received } = connect()
  await expect.poll(() => page.snapshot).toBeDefined()
  const before = received() as number
  await app.sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query ilike 'listen%'
  `
  await source.send(ndjson(ticket(now())))

  await expect.poll(() => received(), { timeout: 8000 }).toBe(before + 1)
})

const byMinute = (id: string): ViewSpec[] =>
  Array.from({ length: 20 }, (_, i) => ({
    id: `${id}${i}`,
    measures: ['received', 'closed', 'open', 'onTimeRate', 'timeToClose'],
    window: '24h',
    by: 'minute',
  }))

test('I11: of a storm of questions the last is answered, and few of those before', async () => {
  const { socket, page } = connect()
  let snapshots = 0
  socket.on('views:snapshot', () => void snapshots++)
  await expect.poll(() => page.snapshot).toBeDefined()
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, i) => watch(socket, [{ ...today, id: `${i}` }])),
  )

  expect(answers.at(-1)).toBeUndefined()
  expect(page.snapshot!.views.map(({ id }) => id)).toEqual(['99'])
  expect(snapshots).toBeLessThan(20)
  expect(answers.filter((refusal) => refusal).length).toBeGreaterThan(80)
})

async function socketCount(): Promise<number> {
  const metrics = await (await app.get('/metrics')).text()
  return Number(/^clerestory_sockets (\d+)$/m.exec(metrics)?.[1])
}

test('I11: one connection has one socket, however often it asks for another', async () => {
  await expect.poll(socketCount).toBe(0)
  const manager = new Manager(app.origin, { transports: ['websocket'], reconnection: false })
  await new Promise<void>((resolve) => manager.on('open', resolve))
  const { ws } = manager.engine.transport as unknown as {
    ws: { _socket: { cork(): void; uncork(): void } }
  }
  // All in one piece: of those that come later Socket.IO itself knows better.
  ws._socket.cork()
  for (let times = 0; times < 20; times++) {
    manager.engine.write(`0${JSON.stringify({ protocol, views: [today] })}`)
  }
  setTimeout(() => ws._socket.uncork(), 50)

  await expect.poll(socketCount).toBeGreaterThan(0)
  expect(await socketCount()).toBe(1)
  manager.engine.close()
})

test('I11: one who asks and never reads is hung up on', async () => {
  const { socket, page } = connect()
  await expect.poll(() => page.snapshot).toBeDefined()
  const before = await socketCount()
  const { ws } = socket.io.engine.transport as unknown as { ws: { pause(): void } }
  ws.pause()
  for (let times = 0; times < 300; times++) {
    void watch(socket, byMinute(`${times}`))
    if (times % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 10))
  }

  await expect.poll(socketCount).toBe(before - 1)
})

test('a reader that pauses is current soon after it reads again', async () => {
  const slow = connect({
    protocol,
    views: [{ id: 'today', measures: ['received'], window: '24h', by: 'minute' }],
  })
  await expect.poll(() => slow.page.snapshot).toBeDefined()
  const raw = slow.socket.io.engine.transport as unknown as {
    ws: { _socket: { pause(): void; resume(): void } }
  }
  raw.ws._socket.pause()
  for (let times = 0; times < 12; times++) {
    await source.send(ndjson(ticket(now())))
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  raw.ws._socket.resume()

  await expect.poll(async () => slow.received() === (await total()), { timeout: 8000 }).toBe(true)
})
