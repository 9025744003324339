import { afterAll, beforeAll, expect, test } from 'vitest'
import { defaultPolicy } from '#shared/policy.ts'
import { registerMember } from '../../../server/dimensions/queries.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { setPolicy } from '../../../server/policies/set.ts'
import { actingApp, appointing } from '../../support/asker.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'
import { hoursAgo } from '../../support/explorer.ts'

const secret = 'My neighbour Ada Secret complains'

/** A city that opens agencies, areas and categories but no surveys, in which `olga` answers for PWD. */
async function desk() {
  const policy = {
    ...defaultPolicy,
    opened: ['agency' as const, 'area' as const, 'category' as const],
    timeZone: 'UTC',
  }
  const app = await actingApp({
    prepare: async (db) => {
      for (const [dimension, code] of [['agency', 'PWD'] as const, ['area', 'Hill'] as const]) {
        await registerMember(db, { dimension, code, spelling: code.toLowerCase() })
      }
      await insertPolicy(db, policy)
    },
  })
  const source = await newSource(app)
  const anything = { agencies: null, areas: null, categories: null }
  const appoint = (person: string, role: string, jurisdiction: object) => {
    const form = appointing(person, { role, jurisdiction: { ...anything, ...jurisdiction } })
    return app.act('ines', '/api/v1/appointments', form)
  }
  await appoint('olga', 'official', { agencies: ['PWD'] })
  await appoint('mei', 'observer', { areas: ['Hill'] })
  const open = (id: string, due: number, rest: object = {}) =>
    ticket({
      id,
      agency: 'PWD',
      ...{ area: 'Hill', category: 'lamps', summary: secret, status: 'open' },
      receivedAt: hoursAgo(50),
      dueAt: hoursAgo(-due),
      respondedAt: hoursAgo(40),
      ...rest,
    })
  const closed = { status: 'closed', closedAt: hoursAgo(1), closeReason: 'resolved' }
  const survey = (satisfaction: number) => ({
    survey: { at: hoursAgo(0.5), resolved: satisfaction > 3, satisfaction },
  })
  await source.send(
    ndjson(
      open('soon', 1),
      open('sooner', 0.5),
      open('later', 30),
      open('over', -3),
      open('longest', -20),
      open('unread', 40, { respondedAt: null }),
      open('theirs', 1, { agency: 'Parks', area: 'Dale' }),
      open('done', 1, { ...closed, ...survey(5) }),
      open('badly', 1, { ...closed, ...survey(2), category: 'potholes' }),
      open('elsewhere', 1, { ...closed, ...survey(1), agency: 'Parks', area: 'Dale' }),
    ),
  )
  return Object.assign(app, {
    appoint,
    close: () => setPolicy(app.db, { ...policy, opened: [] }),
  })
}

let app: Awaited<ReturnType<typeof desk>>

beforeAll(async () => {
  app = await desk()
})
afterAll(() => app[Symbol.asyncDispose]())

const ids = (list: { rows: { id: string }[] }) => list.rows.map(({ id }) => id)

test('an official sees the open tickets of their agency by each one’s own clock', async () => {
  const { status, body } = await app.ask('/api/v1/work/tickets', 'olga')
  expect(status).toBe(200)
  expect(body).toMatchObject({ agencies: ['PWD'], open: 6 })
  expect(ids(body.lists.breach)).toEqual(['sooner', 'soon'])
  expect(ids(body.lists.overdue)).toEqual(['longest', 'over'])
  expect(ids(body.lists.new)).toEqual(['unread'])
  expect(body.lists.overdue.total).toBe(2)
  expect(Date.now() - Date.parse(body.oldestDueAt)).toBeCloseTo(20 * 3_600_000, -5)
  expect(JSON.stringify(body)).not.toContain('Secret')
})

test('a list is counted whole, and answered as far as was asked', async () => {
  const { body } = await app.ask('/api/v1/work/tickets?limit=1', 'olga')
  expect([body.lists.breach.total, ids(body.lists.breach)]).toEqual([2, ['sooner']])
  expect((await app.ask('/api/v1/work/tickets?limit=0', 'olga')).body.path).toBe('limit')
})

const view = (query: string, as?: string) => app.ask(`/api/v1/work/view?${query}`, as)
const surveys = 'measures=satisfactionRate&window=24h'

test('whoever is appointed sees exact numbers within their jurisdiction, also of surveys', async () => {
  const told = (id: string) => app.ask(`/api/v1/view?${surveys}&agency=PWD`, id)
  expect((await told('olga')).status).toBe(403)

  const found = () => view(`${surveys}&agency=PWD&by=category`, 'olga')
  await expect.poll(async () => (await found()).body.rows).toHaveLength(2)
  const { body } = await found()
  const of = (name: string) => body.columns.findIndex(({ id }: { id: string }) => id === name)
  expect(body.rows.map((row: unknown[]) => [row[0], row[of('satisfactionRate')]])).toEqual([
    ['lamps', 1],
    ['potholes', 0],
  ])
  expect(body.totals[of('satisfactionRate.n')]).toBe(2)
  expect((await view(`${surveys}&area=hill`, 'mei')).body.totals[of('satisfactionRate.n')]).toBe(2)
  expect((await view(surveys, 'ines')).body.totals[of('satisfactionRate.n')]).toBe(3)
})

test('what lies beyond somebody’s jurisdiction is refused, however it is asked', async () => {
  expect((await view(`${surveys}&agency=PWD`)).status).toBe(401)
  for (const [query, as] of [
    [surveys, 'olga'],
    [`${surveys}&by=agency`, 'olga'],
    [`${surveys}&agency=Parks`, 'olga'],
    [`${surveys}&agency=PWD,Parks`, 'olga'],
    [`${surveys}&agency=Nowhere`, 'olga'],
    [`${surveys}&area=Hill`, 'olga'],
    [`${surveys}&area=Dale`, 'mei'],
    [`${surveys}&agency=PWD`, 'mei'],
    [`${surveys}&agency=PWD`, 'nobody'],
  ] as const) {
    expect((await view(query, as)).status, `${as} ${query}`).toBe(403)
  }
  expect((await view('measures=nothing', 'olga')).body.path).toBe('measures.0')
})

test('numbers end with the appointment', async () => {
  const { body } = await app.appoint('pavel', 'official', { agencies: ['PWD'] })
  expect((await view(`${surveys}&agency=PWD`, 'pavel')).status).toBe(200)
  const { id } = body.appointment
  await app.act('ines', `/api/v1/appointments/${id}/revocation`, { reason: 'Moved.', version: 1 })
  expect((await view(`${surveys}&agency=PWD`, 'pavel')).status).toBe(403)
})

test('the queue is of officials, where the city shows single tickets', async () => {
  expect((await app.ask('/api/v1/work/tickets')).status).toBe(401)
  expect((await app.ask('/api/v1/work/tickets', 'mei')).status).toBe(403)
  expect((await app.ask('/api/v1/work/tickets', 'ines')).status).toBe(403)
  await app.close()
  const asked = async () => (await app.ask('/api/v1/work/tickets', 'olga')).status
  await expect.poll(asked).toBe(403)
})

test('who hands over and appoints is told every member, also where the city has opened none', async () => {
  type Members = Record<'agency' | 'area', { code: string }[]>
  const { body: deployment } = await app.ask<{ members: object }>('/api/v1/deployment')
  expect(deployment.members).toEqual({})
  const ask = (as?: string) => app.ask<Members>('/api/v1/work/members', as)
  for (const person of ['olga', 'ines']) {
    const { body } = await ask(person)
    const codes = (of: 'agency' | 'area') => body[of].map(({ code }) => code)
    expect(codes('agency')).toEqual(expect.arrayContaining(['PWD', 'Parks']))
    expect(codes('area')).toEqual(expect.arrayContaining(['Hill', 'Dale']))
  }
  expect([(await ask('mei')).status, (await ask()).status]).toEqual([403, 401])
})
