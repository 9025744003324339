import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultPolicy } from '#shared/policy.ts'
import { setPolicy } from '../../../server/policies/set.ts'
import { rewriteTickets } from '../../../server/policies/rewrite.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'
import { explorerApp, type ExplorerApp, hoursAgo } from '../../support/explorer.ts'

let app: ExplorerApp

beforeAll(async () => {
  app = await explorerApp()
})
afterAll(() => app[Symbol.asyncDispose]())

async function tell(...events: object[]): Promise<void> {
  let seq = 0
  for (const event of events) seq = (await app.source.send(ndjson(ticket(event)))).seq!
  await app.reached(seq)
}

test('a page tells all that happened, in order of time, and what the source corrected', async () => {
  const [receivedAt, respondedAt, closedAt, at, finalAt] = [120, 110, 100, 40, 10].map(hoursAgo)
  const told = { id: 'long', receivedAt, area: 'Hill', category: 'lamps' }
  const reopenings = [{ closedAt, closeReason: 'resolved', at }]
  await tell(
    { ...told, version: 1 },
    { ...told, version: 4, respondedAt, agency: 'Parks', transfers: 1 },
    { ...told, version: 5, respondedAt, agency: 'Parks', transfers: 1, category: 'roads' },
    {
      ...told,
      version: 6,
      respondedAt,
      agency: 'Parks',
      transfers: 1,
      category: 'roads',
      reopenings,
    },
    {
      ...told,
      ...{ version: 8, respondedAt, agency: 'Parks', transfers: 1, category: 'roads', reopenings },
      ...{ status: 'closed', closedAt: finalAt, closeReason: 'done' },
    },
    // Came too late: without effect.
    { ...told, version: 7, agency: 'Nobody' },
  )

  const { timeline, clocks, ticket: shown } = await app.pageOf('long')

  expect(timeline.map(({ kind, field, from, to }) => [kind, field, from, to])).toEqual(
    [
      ['received', undefined, undefined, undefined],
      ['responded', undefined, undefined, undefined],
      ['closed', undefined, undefined, undefined],
      ['reopened', undefined, undefined, undefined],
      ['overdue', undefined, undefined, undefined],
      ['closed', undefined, undefined, undefined],
      ['transferred', 'agency', 'PWD', 'Parks'],
      ['reclassified', 'category', '(none)', 'roads'],
    ].map((entry) =>
      entry[0] === 'reclassified' ? ['reclassified', 'category', 'lamps', 'roads'] : entry,
    ),
  )
  expect(timeline[2]).toEqual({
    kind: 'closed',
    at: closedAt,
    version: 4,
    closeReason: 'resolved',
  })
  expect(shown).toMatchObject({ reopenings: 1, transfers: 1, state: 'late' })
  expect(clocks.respond).toMatchObject({ verdict: 'kept', seconds: 14 * 3600 })
  expect(clocks.close).toMatchObject({ verdict: 'missed', seconds: -38 * 3600 })
})

test('what was transferred before the first word of it is told, at a time that is not known', async () => {
  const told = { id: 'moved', receivedAt: hoursAgo(9), respondedAt: hoursAgo(8) }
  await tell(
    { ...told, version: 1, agency: 'Parks', transfers: 2 },
    { ...told, version: 2, agency: 'Quays', transfers: 5 },
  )

  const { timeline } = await app.pageOf('moved')
  expect(timeline.slice(0, 3)).toMatchObject([
    { kind: 'received' },
    { kind: 'transferred', at: null, version: 1, field: 'transfers', from: 0, to: 2 },
    { kind: 'responded' },
  ])
  expect(timeline.slice(3).map(({ field, from, to }) => [field, from, to])).toEqual([
    ['agency', 'Parks', 'Quays'],
    ['transfers', 2, 5],
  ])
})

test('a member that only a version without effect names is known', async () => {
  const told = { id: 'late', receivedAt: hoursAgo(3) }
  await tell({ ...told, version: 2, agency: 'Quays' })
  await tell({ ...told, version: 1, agency: 'Of no effect' })

  expect((await app.pageOf('late')).ticket.agency).toBe('Quays')
})

test('clocks say what runs, what is missed already, and what does not count', async () => {
  await tell(
    { id: 'runs', receivedAt: hoursAgo(30) },
    { id: 'gone', receivedAt: hoursAgo(30), status: 'withdrawn' },
  )

  const { clocks } = await app.pageOf('runs')
  expect(clocks.respond).toMatchObject({ at: null, verdict: 'missed' })
  expect(clocks.respond.seconds! / 3600).toBeCloseTo(-6, 1)
  expect(clocks.close).toMatchObject({ at: null, verdict: 'running' })
  expect(clocks.close.seconds! / 3600).toBeCloseTo(42, 1)
  const gone = await app.pageOf('gone')
  expect(gone.clocks.close).toMatchObject({ verdict: 'none', seconds: null })
  expect(gone.timeline.map(({ kind }) => kind)).toEqual(['received', 'excluded'])
})

test('a change of policy that sets another target is told, dated when it was set', async () => {
  await using own = await explorerApp()
  await own.source.send(ndjson(ticket({ id: 'a', receivedAt: hoursAgo(10) })))
  const before = (await own.pageOf('a')).ticket
  const policy = { ...defaultPolicy, opened: ['agency' as const], satisfiedFrom: 3 }
  await setPolicy(own.db, policy, { from: -Infinity })
  await rewriteTickets(own.db)

  await expect.poll(async () => (await own.pageOf('a')).timeline.length).toBe(2)
  const { timeline } = await own.pageOf('a')
  const [set] = await own.sql<{ at: number }[]>`
    select set_at as at from policy order by version desc limit 1`

  expect(timeline[1]).toEqual({
    kind: 'redecided',
    at: new Date(set!.at).toISOString(),
    version: 2,
    field: 'dueAt',
    from: before.dueAt,
    to: null,
  })
})

test('similar ones are of the same category and area, near in time, open ones first', async () => {
  const like = { area: 'Quay', category: 'leaks' }
  await tell(
    { id: 'self', receivedAt: hoursAgo(100), ...like },
    {
      id: 'closed near',
      receivedAt: hoursAgo(99),
      status: 'closed',
      closedAt: hoursAgo(9),
      ...like,
    },
    { id: 'open far', receivedAt: hoursAgo(5), ...like },
    { id: 'open near', receivedAt: hoursAgo(102), ...like },
    { id: 'too far', receivedAt: hoursAgo(100 + 24 * 7 + 1), ...like },
    { id: 'elsewhere', receivedAt: hoursAgo(100), ...like, area: 'Hill' },
  )

  const { similar } = await app.pageOf('self')

  expect(similar.map(({ id }) => id)).toEqual(['open near', 'open far', 'closed near'])
})

test.each([
  'a/b?c#d',
  '%2F%00',
  '工单 1',
  '  ',
  '__proto__',
  '\\',
  '😀'.repeat(100),
  'x'.repeat(200),
])('a ticket called %s has a page', async (id) => {
  await tell({ id, receivedAt: hoursAgo(3) })
  expect((await app.pageOf(id)).ticket.id).toBe(id)
})

test('two sources that use one id have two tickets, each at its own address', async () => {
  const other = await newSource(app, 'web')
  await tell({ id: 'twice', receivedAt: hoursAgo(2), agency: 'A' })
  await other.send(ndjson(ticket({ id: 'twice', receivedAt: hoursAgo(2), agency: 'B' })))

  const { rows } = await app.list('limit=200')
  const twice = rows.filter(({ id }) => id === 'twice')
  const pages = await Promise.all(twice.map((one) => app.page(one)))

  expect(pages.map((page) => page.ticket.agency).sort()).toEqual(['A', 'B'])
})

test.each([
  ['an id nobody told', 'tickets/abc/none'],
  ['a mark of another ticket', 'tickets/__proto__/long'],
  ['an id of 10,000 characters', `tickets/abc/${'i'.repeat(10_000)}`],
  ['an id with NUL', 'tickets/abc/a%00b'],
])('I11: %s is a 404', async (_, path) => {
  expect(await app.ask(path)).toMatchObject({ httpStatus: 404, error: expect.any(String) })
})

test('I11: an address that cannot be decoded is a 400', async () => {
  expect(await app.ask('tickets/abc/%ff')).toMatchObject({ httpStatus: 400 })
})
