import { expect, test } from 'vitest'
import { defaultPolicy } from '#shared/policy.ts'
import { registerMember } from '../../../server/dimensions/queries.ts'
import { insertPolicy } from '../../../server/policies/queries.ts'
import { actingApp, appointing } from '../../support/asker.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'
import { hoursAgo } from '../../support/explorer.ts'

const secret = 'My neighbour Ada Secret complains'

async function desk(opened: ('agency' | 'area' | 'category')[] = ['agency', 'area', 'category']) {
  const app = await actingApp({
    prepare: async (db) => {
      await registerMember(db, { dimension: 'agency', code: 'PWD', spelling: 'pwd' })
      await insertPolicy(db, { ...defaultPolicy, opened, timeZone: 'UTC' })
    },
  })
  const source = await newSource(app)
  const jurisdiction = { agencies: ['PWD'], areas: null, categories: null }
  await app.act(
    'ines',
    '/api/v1/appointments',
    appointing('olga', { role: 'official', jurisdiction }),
  )
  await app.act('ines', '/api/v1/appointments', appointing('mei'))
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
  await source.send(
    ndjson(
      open('soon', 1),
      open('sooner', 0.5),
      open('later', 30),
      open('over', -3),
      open('longest', -20),
      open('unread', 40, { respondedAt: null }),
      open('theirs', 1, { agency: 'Parks' }),
      open('done', 1, { status: 'closed', closedAt: hoursAgo(1), closeReason: 'resolved' }),
    ),
  )
  return app
}

const ids = (list: { rows: { id: string }[] }) => list.rows.map(({ id }) => id)

test('an official sees the open tickets of their agency by each one’s own clock', async () => {
  await using app = await desk()
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
  await using app = await desk()
  const { body } = await app.ask('/api/v1/work/tickets?limit=1', 'olga')
  expect([body.lists.breach.total, ids(body.lists.breach)]).toEqual([2, ['sooner']])
  expect((await app.ask('/api/v1/work/tickets?limit=0', 'olga')).body.path).toBe('limit')
})

test('the queue is of officials, where the city shows single tickets', async () => {
  await using app = await desk()
  expect((await app.ask('/api/v1/work/tickets')).status).toBe(401)
  expect((await app.ask('/api/v1/work/tickets', 'mei')).status).toBe(403)
  expect((await app.ask('/api/v1/work/tickets', 'ines')).status).toBe(403)
  await using closed = await desk([])
  expect((await closed.ask('/api/v1/work/tickets', 'olga')).status).toBe(403)
})
