import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MOST, type SavedView } from '#shared/saved-view.ts'
import { runningApp } from '../../support/app.ts'
import { personInHeader } from '../../support/asker.ts'
import { personInSession } from '../../support/session.ts'

let app: Awaited<ReturnType<typeof runningApp>>

beforeAll(async () => {
  app = await runningApp({ personOf: personInHeader })
  for (const id of ['mei', 'bao', 'uma', 'gone']) await personInSession(app.db, { id, name: id })
})
afterAll(() => app[Symbol.asyncDispose]())

const view = (more: Partial<SavedView> = {}): SavedView => ({
  ...{ id: randomUUID(), name: 'Mine', href: '/?window=7d', savedAt: 5 },
  ...more,
})

async function ask(as: string | undefined, method: string, path = '', body?: object) {
  const answer = await app.get(`/api/v1/saved-views${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(as && { 'x-person': as }) },
    ...(body && { body: JSON.stringify(body) }),
  })
  return {
    status: answer.status,
    body: (await answer.json()) as { views: SavedView[]; code?: string },
  }
}

const put = (as: string | undefined, { id, ...form }: SavedView) => ask(as, 'PUT', `/${id}`, form)
const viewsOf = async (as: string) => (await ask(as, 'GET')).body.views

test('a view is kept once however often it is sent, renamed, and kept no longer', async () => {
  const [older, newer] = [view(), view({ name: 'Newer', savedAt: 6 })]
  for (const one of [newer, older, older]) expect((await put('mei', one)).status).toBe(200)
  expect(await viewsOf('mei')).toEqual([newer, older])

  const renamed = { ...older, name: 'Other 𝒩' }
  await put('mei', renamed)
  await ask('mei', 'DELETE', `/${newer.id}`)
  expect((await ask('mei', 'DELETE', `/${newer.id}`)).status).toBe(200)
  expect(await viewsOf('mei')).toEqual([renamed])
})

test('nobody reads, changes or deletes what another account keeps, and it goes with its account', async () => {
  const theirs = view({ name: 'Theirs' })
  await put('gone', theirs)
  const before = await viewsOf('bao')
  expect(before).toEqual([])
  await put('bao', { ...theirs, name: 'Taken' })
  await ask('bao', 'DELETE', `/${theirs.id}`)
  expect(await viewsOf('gone')).toEqual([theirs])

  await app.db.deleteFrom('person').where('id', '=', 'gone').execute()
  expect(await viewsOf('gone')).toEqual([])
})

test('however many are sent at once, no more are kept than may be, and those that are can be renamed', async () => {
  const views = Array.from({ length: MOST + 10 }, (_, i) => view({ name: `${i}` }))
  const answers = await Promise.all(views.map((one) => put('uma', one)))

  const refused = answers.filter(({ status }) => status !== 200)
  expect(refused.map(({ status, body }) => [status, body.code])).toEqual(
    Array(10).fill([409, 'saved-view.many']),
  )
  const kept = await viewsOf('uma')
  expect(kept).toHaveLength(MOST)
  expect((await put('uma', { ...kept[0]!, name: 'Renamed' })).status).toBe(200)
})

test.each([
  ['nobody', undefined, {}, 401],
  ['an id that is none', 'mei', { id: '1' }, 400],
  ['no name', 'mei', { name: '' }, 400],
  ['a name that cannot be seen whole', 'mei', { name: 'a\u0000' }, 400],
  ['a name that is too long', 'mei', { name: 'x'.repeat(81) }, 400],
  ['another site', 'mei', { href: 'https://elsewhere.example/' }, 400],
  ['another site by its name alone', 'mei', { href: '//elsewhere.example' }, 400],
  ['another site behind a backslash', 'mei', { href: '/\\elsewhere.example' }, 400],
  ['a script', 'mei', { href: 'javascript:alert(1)' }, 400],
  ['what no text may hold', 'mei', { href: '/\u0000' }, 400],
  ['half of a character', 'mei', { href: '/\ud800' }, 400],
  ['an address that is too long', 'mei', { href: `/${'x'.repeat(4000)}` }, 400],
  ['no instant', 'mei', { savedAt: 9e15 }, 400],
  ['something else besides', 'mei', { personId: 'bao' }, 400],
])('I11: %s is refused, and what is kept stays', async (_, as, wrong, status) => {
  const before = await viewsOf('mei')
  expect((await put(as, { ...view(), ...wrong })).status).toBe(status)
  expect(await viewsOf('mei')).toEqual(before)
})

test('nobody who is not signed in reads or deletes any', async () => {
  expect((await ask(undefined, 'GET')).status).toBe(401)
  expect((await ask(undefined, 'DELETE', `/${randomUUID()}`)).status).toBe(401)
})
