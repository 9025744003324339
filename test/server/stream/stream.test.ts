import { afterEach, beforeEach, expect, test } from 'vitest'
import { defaultPolicy } from '#shared/policy.ts'
import type { Dimension } from '#shared/ticket.ts'
import type { StreamFilters } from '#shared/wire.ts'
import { Engine } from '../../../server/live/engine.ts'
import { createLog } from '../../../server/log.ts'
import { setPolicy } from '../../../server/policies/set.ts'
import { Stream } from '../../../server/stream/stream.ts'
import { loadMarks } from '../../../server/tickets/marks.ts'
import { ndjson, ticket } from '../../support/events.ts'
import { explorerApp, type ExplorerApp, hoursAgo } from '../../support/explorer.ts'
import { connect as connectTo, following as followingAt, leaveAll } from './page.ts'

let app: ExplorerApp

beforeEach(async () => {
  app = await explorerApp()
})
afterEach(async () => {
  leaveAll()
  await app[Symbol.asyncDispose]()
})

const connect = (stream?: StreamFilters) => connectTo(app.origin, stream)
const following = (stream?: StreamFilters) => followingAt(app.origin, stream)
const tell = (...events: object[]) => app.source.send(ndjson(...events.map(ticket)))

test('what happens to a ticket is told once, newest first, with what the public may know of it', async () => {
  const { page, told } = await following()
  const [receivedAt, respondedAt, closedAt] = [5, 4, 3].map(hoursAgo)
  const first = { id: 'a', receivedAt, area: 'Hill', category: 'lamps' }
  await tell({ ...first, version: 1, channel: 'app', summary: 'Secret' })
  await expect.poll(told).toEqual(['received a'])
  await tell({ ...first, version: 2, respondedAt, agency: 'Parks' })
  await expect.poll(() => told().length).toBe(3)
  await tell({
    ...first,
    ...{ version: 3, respondedAt, agency: 'Parks' },
    ...{ status: 'closed', closedAt, closeReason: 'resolved' },
  })
  await expect.poll(told).toEqual(['received a', 'responded a', 'transferred a', 'closed a'])

  const shared = { mark: expect.stringMatching(/^[\w-]{10}$/), id: 'a', area: 'Hill' }
  const at = Date.parse(receivedAt!)
  expect(page.parts[0]).toEqual({ at: expect.any(Number), events: [], more: 0, isFirst: true })
  expect(page.parts[1]!.events).toEqual([
    {
      kind: 'received',
      at,
      ...shared,
      agency: 'PWD',
      category: 'lamps',
      dueAt: at + 72 * 3600_000,
    },
  ])
  expect(page.parts[2]!.events[1]).toMatchObject({ field: 'agency', from: 'PWD', to: 'Parks' })
  expect(page.parts[3]).toEqual({
    at: expect.any(Number),
    events: [
      {
        ...{ kind: 'closed', at: Date.parse(closedAt!), closeReason: 'resolved', after: 7200 },
        ...{ ...shared, agency: 'Parks', category: 'lamps' },
      },
    ],
    more: 0,
  })
  expect(JSON.stringify(page.parts)).not.toMatch(/Secret|app|phone|channel/)
})

test('I8: a survey that arrives is told to nobody, not even as a number', async () => {
  const { page, told } = await following()
  const [receivedAt, closedAt] = [9, 5].map(hoursAgo)
  const ticketOf = (id: string) => ({ id, receivedAt, status: 'closed', closedAt })
  await tell(ticketOf('a'), ticketOf('b'))
  await expect.poll(told).toHaveLength(4)
  const parts = page.parts.length
  const survey = { at: hoursAgo(1), resolved: false, satisfaction: 2 }
  const { seq } = await tell({ ...ticketOf('a'), version: 2, survey })
  await app.reached(seq!)
  await tell({ ...ticketOf('b'), version: 2, survey }, { id: 'c', receivedAt: hoursAgo(0) })

  await expect.poll(() => page.parts.length).toBe(parts + 1)
  expect(page.parts.at(-1)).toMatchObject({ events: [{ kind: 'received', id: 'c' }], more: 0 })
  const other = await following()
  expect(other.told().toSorted()).toEqual(told().toSorted())
  expect(JSON.stringify(other.page.parts)).not.toMatch(/survey|satisf/)
})

test('a ticket that becomes overdue is told when it does', async () => {
  const { page, told } = await following()
  const dueAt = new Date(Date.now() + 2500).toISOString()
  await tell({ id: 'a', receivedAt: hoursAgo(1), dueAt }, { id: 'b', receivedAt: hoursAgo(90) })

  await expect.poll(told, { timeout: 8000 }).toContain('overdue a')
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(dueAt))
  expect(page.parts.at(-1)!.events).toMatchObject([{ kind: 'overdue', at: Date.parse(dueAt) }])
  expect(told().filter((one) => one.startsWith('overdue'))).toEqual(['overdue a'])
})

test('who begins to follow is told the last 50, and of a rush the newest 20 and how many more', async () => {
  const early = await following()
  const events = Array.from({ length: 130 }, (_, i) => ({ id: `T${i}`, receivedAt: hoursAgo(1) }))
  await tell(...events)
  await expect.poll(() => early.page.parts.length).toBe(2)

  const [, rush] = early.page.parts
  expect([rush!.events.length, rush!.more]).toEqual([20, 110])
  const late = await following()
  expect(late.page.parts[0]!.events).toHaveLength(50)
  leaveAll()
  const anew = await following()
  expect(anew.page.parts[0]).toMatchObject({ isFirst: true, more: 0 })
  expect(anew.page.parts[0]!.events).toHaveLength(50)
})

test('of what is told at once the newest comes first', async () => {
  const page = await following()
  await tell(
    { id: 'A', receivedAt: hoursAgo(3) },
    { id: 'B', receivedAt: hoursAgo(1) },
    { id: 'C', receivedAt: hoursAgo(2) },
  )
  await expect.poll(page.told).toEqual(['received B', 'received C', 'received A'])
})

test('every change of many batches is told exactly once, in whatever ticks they come', async () => {
  const receivedAt = hoursAgo(2)
  await tell({ id: 'first', receivedAt })
  await expect.poll(async () => (await app.list('agency=PWD')).httpStatus).toBe(200)
  const { told } = await following({ agency: ['PWD'] })
  const expected = ['received first']
  for (let version = 1; version <= 12; version++) {
    const ids = version % 4 === 0 ? ['x', 'y', 'z'] : ['x']
    const events = ids.map((id) => ({ id: `${id}${version}`, receivedAt }))
    await tell(...events, { id: 'moved', version, receivedAt, transfers: version })
    expected.push(...events.map(({ id }) => `received ${id}`))
    expected.push(version === 1 ? 'received moved' : 'transferred moved')
    if (version % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 350))
  }

  await expect.poll(() => told().length).toBeGreaterThanOrEqual(expected.length)
  expect(told().toSorted()).toEqual(expected.toSorted())
})

test('who comes while the last one leaves is told what happened before', async () => {
  await tell({ id: 'a', receivedAt: hoursAgo(1) })
  const { db, sql } = app
  const log = createLog('silent')
  const engine = await Engine.start({ db, sql, log, clock: 'database' })
  const stream = new Stream({ db, engine, markOf: await loadMarks(db), log })
  const [all, narrowed] = [stream.roomOf({}), stream.roomOf({ agency: ['PWD'] })]
  await stream.enter(all)
  // It reads on for those who are there, and they leave.
  stream.look()
  stream.leave(all)
  await stream.enter(narrowed)

  expect(stream.firstPart(narrowed).events.map(({ id }) => id)).toEqual(['a'])
  await stream.close()
  await engine.close()
})

test('filters keep what is in them, and tell what leaves them', async () => {
  await tell(
    { id: 'old', agency: 'A', receivedAt: hoursAgo(2) },
    { id: 'not', agency: 'B', receivedAt: hoursAgo(1) },
  )
  await expect.poll(async () => (await app.list('agency=A')).httpStatus).toBe(200)
  const { told, follow, page } = await following({ agency: ['a'] })
  expect(told()).toEqual(['received old'])
  await tell(
    { id: 'old', version: 2, agency: 'B', receivedAt: hoursAgo(2) },
    { id: 'b', agency: 'B' },
  )
  await expect.poll(told).toContain('transferred old')
  expect(told().filter((one) => one.endsWith(' b'))).toEqual([])

  page.parts.length = 0
  expect(await follow({})).toBeUndefined()
  expect(page.parts[0]).toMatchObject({ isFirst: true })
  expect(told()).toContain('received b')
  expect(await follow(null)).toBeUndefined()
  const before = told().length
  const { seq } = await tell({ id: 'unheard', receivedAt: hoursAgo(1) })
  await app.reached(seq!)
  await new Promise((resolve) => setTimeout(resolve, 700))
  expect(told()).toHaveLength(before)
})

test('I8: a policy that closes what is followed hangs up, and says why to who asks again', async () => {
  const set = (...opened: Dimension[]) =>
    setPolicy(app.db, { ...defaultPolicy, opened }, { from: -Infinity })
  await tell({ id: 'a', agency: 'A', area: 'Hill', receivedAt: hoursAgo(1) })
  await expect.poll(async () => (await app.list('agency=A&area=hill')).httpStatus).toBe(200)
  const byArea = await following({ area: ['hill'] })
  const all = await following()

  await set('agency')
  await expect.poll(() => byArea.socket.connected).toBe(false)
  const again = connect({ area: ['hill'] })
  await expect.poll(() => again.page.refusal).toMatchObject({ path: 'area' })
  await tell({ id: 'b', agency: 'A', area: 'Hill', receivedAt: hoursAgo(1) })
  await expect.poll(all.told).toContain('received b')
  expect(all.page.parts.at(-1)!.events[0]).not.toHaveProperty('area')
  // What was remembered is told as the policy of now allows.
  expect(JSON.stringify((await following()).page.parts)).not.toContain('Hill')

  await set()
  await expect.poll(() => all.socket.connected).toBe(false)
  const refused = connect({})
  await expect.poll(() => refused.page.refusal?.error).toContain('opened no dimension')
})
