import { expect, test } from 'vitest'
import { defaultPolicy } from '#shared/policy.ts'
import { addAdminKey, disableAdmin } from '../../../server/admin/keys.ts'
import { setPolicy } from '../../../server/policies/set.ts'
import { runningApp } from '../../support/app.ts'
import { ndjson, newSource, ticket } from '../../support/events.ts'
import { aTicket } from '../../support/ticket.ts'

const PATH = '/api/v1/admin/policy'

async function city() {
  const app = await runningApp()
  const key = await addAdminKey(app.db, 'Ines')
  const answer = async (response: Response): Promise<Record<string, any>> => ({
    ...((await response.json()) as object),
    status: response.status,
    etag: response.headers.get('etag'),
  })
  const authorization = `Bearer ${key}`
  return {
    app,
    db: app.db,
    sql: app.sql,
    key,
    get: async (headers: Record<string, string> = { authorization }) =>
      answer(await app.get(PATH, { headers })),
    put: async (body: unknown, query = '', headers: Record<string, string> = {}) =>
      answer(
        await app.get(PATH + query, {
          method: 'PUT',
          headers: { authorization, 'content-type': 'application/json', ...headers },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
      ),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  }
}

const policy = (rest: object = {}) => ({ ...defaultPolicy, timeZone: 'Asia/Taipei', ...rest })

test('a policy is set by a key’s holder, under its name, and rewritten in the background', async () => {
  await using place = await city()
  const source = await newSource(place.app)
  const received = ['2026-03-01T15:59:59Z', '2026-03-01T16:00:00Z', '2026-03-05T00:00:00Z']
  await place.put(policy())
  await source.send(ndjson(...received.map((receivedAt) => ticket({ receivedAt }))))

  const put = await place.put(policy({ dueWithin: { default: 24 } }), '?from=2026-03-02')

  expect(put).toMatchObject({
    status: 200,
    version: 2,
    changed: ['dueWithin'],
    rewrite: { left: 2, isRunning: true },
  })
  await expect
    .poll(() => place.get().then(({ rewrite }) => rewrite))
    .toEqual({ left: 0, isRunning: false })
  expect(await place.get()).toMatchObject({
    etag: '"2"',
    version: 2,
    policy: { dueWithin: { default: 24, byCategory: {} } },
    versions: [
      { version: 1, holdsFrom: null, setBy: 'Ines', changed: ['timeZone'] },
      {
        version: 2,
        holdsFrom: '2026-03-01T16:00:00.000Z',
        setBy: 'Ines',
        changed: ['dueWithin'],
        rewrittenAt: expect.stringMatching(/^20.*Z$/),
      },
    ],
  })
  expect(
    await place.sql`select policy_version as version, due_at is null as never from ticket order by received_at`,
  ).toEqual([
    { version: 0, never: true },
    { version: 2, never: false },
    { version: 2, never: false },
  ])
})

test('without a key that is enabled nothing is read or set', async () => {
  await using place = await city()
  const source = await newSource(place.app)
  const before = await place.get()
  await disableAdmin(place.db, 'Ines')

  for (const authorization of ['', 'Bearer wrong', `Bearer ${source.key}`, `Bearer ${place.key}`]) {
    expect((await place.get({ authorization })).status).toBe(401)
    expect((await place.put(policy(), '', { authorization })).status).toBe(401)
    expect((await place.put('{', '', { authorization })).status).toBe(401)
  }
  expect(before.status).toBe(200)
  expect(await place.sql`select from policy`).toHaveLength(0)
})

test('every fault is told, and nothing is set', async () => {
  await using place = await city()

  const faulty = await place.put(policy({ timeZone: 'Mars', minN: 0 }))
  const others = [
    await place.put('{'),
    await place.put(policy(), '?from=yesterday'),
    await place.put(policy(), '?form=2026-01-01'),
    await place.put(policy(), '', { 'if-match': '"one"' }),
    await place.put(
      policy({
        workingCalendar: { week: { monday: ['09:00-17:00'] }, holidays: { file: '/etc/passwd' } },
      }),
    ),
  ]

  expect(faulty.status).toBe(400)
  expect(faulty.faults.map(({ path }: { path: string }) => path).sort()).toEqual([
    'minN',
    'timeZone',
  ])
  expect(others.map(({ status, error }) => [status, typeof error])).toEqual(
    others.map(() => [400, 'string']),
  )
  expect(others[4]!.error).toContain('command line')
  expect(await place.sql`select from policy`).toHaveLength(0)
})

test('who changes a policy that somebody else changed meanwhile is told', async () => {
  await using place = await city()
  await place.put(policy())
  const { etag } = await place.get()
  await setPolicy(place.db, policy({ minN: 7 }))

  const matched = await place.put(policy({ minN: 8 }), '', { 'if-match': etag! })
  const expected = await place.put(policy({ minN: 8 }), '?expectedVersion=1')
  const right = await place.put(policy({ minN: 8 }), '?expectedVersion=2')

  expect([matched.status, expected.status, right.status]).toEqual([409, 409, 200])
  expect(matched.error).toContain('version 2 now, not 1')
})

test('a rewrite that was interrupted is gone on with when a server starts', async () => {
  await using app = await runningApp({
    async prepare(db) {
      await setPolicy(db, policy({ dueWithin: { default: 24, byCategory: {} } }))
      await db
        .insertInto('ticket')
        .values({
          ...aTicket({ receivedAt: 0 }),
          sourceId: 1,
          id: 'left',
          version: 1,
          digest: Buffer.alloc(16),
          batch: 0,
          policyVersion: 0,
          statedDueAt: null,
          lat: null,
          lon: null,
          summary: null,
          duplicateOf: null,
        })
        .execute()
    },
  })
  const left = () => app.sql`select policy_version as version from ticket`

  await expect.poll(left).toEqual([{ version: 1 }])
})
