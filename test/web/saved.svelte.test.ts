import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { cleanName, MOST, type SavedView } from '#shared/saved-view.ts'
import { type Describing, describeView } from '../../web/saved/describe.ts'
import { BrowserViews } from '../../web/saved/browser-views.svelte.ts'
import { SavedViews } from '../../web/saved/saved-views.svelte.ts'
import { NAME, readSaved, writeSaved } from '../../web/saved/store.ts'

/** What a browser keeps: refuses to when it is full. */
function fakeStorage() {
  const kept = new Map<string, string>()
  const storage = {
    isFull: false,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem(name: string, text: string) {
      if (storage.isFull) throw new DOMException('full', 'QuotaExceededError')
      kept.set(name, text)
    },
  }
  vi.stubGlobal('localStorage', storage)
  return storage
}

let storage: ReturnType<typeof fakeStorage>
beforeEach(() => (storage = fakeStorage()))
afterEach(() => void vi.unstubAllGlobals())

const view = { id: randomUUID(), name: 'Mine', href: '/?window=7d', savedAt: 5 }
const names = (views: { list: readonly SavedView[] }) => views.list.map(({ name }) => name)

test('what was written is read again', () => {
  expect(readSaved(writeSaved([view]))).toEqual([view])
})

test.each([
  null,
  '',
  'null',
  '{',
  '[]',
  '7',
  '{"version":2,"views":[]}',
  '{"version":1,"views":{"0":1}}',
  '{"version":1,"views":[null,1,"x",[],{}]}',
])('%j holds no view, and harms nothing', (text) => {
  expect(readSaved(text)).toEqual([])
})

test.each([
  { name: '' },
  { name: ' x' },
  { name: 7 },
  { name: 'x'.repeat(81) },
  { id: 1 },
  { id: '1' },
  { savedAt: 1.5 },
  { savedAt: '5' },
  { savedAt: null },
  { href: 'https://elsewhere.example/' },
  { href: '//elsewhere.example' },
  { href: '/\\elsewhere.example' },
  { href: 'javascript:alert(1)' },
  { href: '/a b' },
  { href: `/${'x'.repeat(5_000)}` },
])('a view with %j is left out, and the others are kept', (wrong) => {
  const views = [{ ...view, ...wrong }, view, { ...view, name: 'the same id' }]

  expect(readSaved(JSON.stringify({ version: 1, views }))).toEqual([view])
})

test('a name is kept without what cannot be seen', () => {
  expect(cleanName('  My\u0000\n view\u200b  ')).toBe('My view')
  expect(cleanName('x'.repeat(100))).toHaveLength(80)
  for (const cut of [`${'x'.repeat(79)}😀`, `${'x'.repeat(79)} y`]) {
    expect(cleanName(cut)).toBe('x'.repeat(79))
  }
})

test('a view is saved, renamed, deleted and put back where it was', async () => {
  const views = new BrowserViews()
  for (const name of ['one', 'two', 'three']) expect(await views.save(name, '/')).toBeUndefined()
  expect(names(views)).toEqual(['three', 'two', 'one'])
  const two = views.list[1]!.id
  await views.rename(two, 'second')
  const undo = await views.remove(two)
  if (typeof undo !== 'function') throw undo
  expect(names(new BrowserViews())).toEqual(['three', 'one'])

  expect(await undo()).toBeUndefined()
  await undo()
  expect(names(views)).toEqual(['three', 'second', 'one'])
  expect(names(new BrowserViews())).toEqual(['three', 'second', 'one'])
})

test('what another tab has saved meanwhile is not lost', async () => {
  const [mine, theirs] = [new BrowserViews(), new BrowserViews()]
  await theirs.save('theirs', '/')
  await mine.save('mine', '/')

  expect(names(mine)).toEqual(['mine', 'theirs'])
  expect(readSaved(storage.getItem(NAME))).toHaveLength(2)
})

test('a full store, a nameless view and one too many are refused, and nothing is lost', async () => {
  const views = new BrowserViews()
  await views.save('kept', '/')
  expect(await views.save(' \n', '/')).toBe('unnamed')
  expect(await views.rename(views.list[0]!.id, '')).toBe('unnamed')
  storage.isFull = true
  expect(await views.save('more', '/')).toBe('full')
  expect(await views.remove(views.list[0]!.id)).toBe('full')
  expect(names(views)).toEqual(['kept'])

  storage.isFull = false
  for (let i = 1; i < MOST; i++) await views.save(`${i}`, '/')
  expect(await views.save('more', '/')).toBe('many')
  expect(views.list).toHaveLength(MOST)
})

test('a browser that keeps nothing shows none', () => {
  vi.stubGlobal('localStorage', {
    getItem() {
      throw new DOMException('denied', 'SecurityError')
    },
  })
  expect(new BrowserViews().list).toEqual([])
})

/** A server that keeps the views of whoever asks; it can be out of reach, or know them no longer. */
function fakeServer() {
  const server = { kept: new Map<string, Omit<SavedView, 'id'>>(), fails: 0, sent: [] as string[] }
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', body }: RequestInit) => {
    const id = path.split('/').at(-1)!
    server.sent.push(`${method} ${id}`)
    if (method === 'PUT' && server.fails !== 401) server.kept.set(id, JSON.parse(String(body)))
    if (server.fails === 0.5) throw new TypeError('cut off')
    if (server.fails > 0) return Response.json({ error: 'no' }, { status: server.fails })
    if (method === 'DELETE') server.kept.delete(id)
    return Response.json({ views: [...server.kept].map(([one, rest]) => ({ id: one, ...rest })) })
  })
  return server
}

test('who is signed in keeps views in the account, and nothing of it is left when they sign out', async () => {
  const server = fakeServer()
  let person: string | undefined = 'mei'
  const saved = new SavedViews({ person: () => person, onOut: () => (person = undefined) })
  await saved.read()
  await saved.keeper.save('one', '/')
  const undo = await saved.keeper.remove(saved.keeper.list[0]!.id)
  expect(server.kept.size).toBe(0)
  if (typeof undo !== 'function') throw undo
  await undo()
  await saved.keeper.rename(saved.keeper.list[0]!.id, 'renamed')
  expect([...server.kept.values()].map(({ name }) => name)).toEqual(['renamed'])
  expect(names(saved.keeper)).toEqual(['renamed'])
  expect(readSaved(storage.getItem(NAME))).toEqual([])

  server.fails = 401
  expect(await saved.keeper.save('late', '/')).toMatchObject({ status: 401 })
  expect(saved.account).toBeUndefined()
  expect(names(saved.keeper)).toEqual([])
  person = 'bao'
  expect(names(saved.keeper)).toEqual([])
})

test('what was not answered is sent again under its own id, and a list that cannot be read says so', async () => {
  const server = fakeServer()
  const saved = new SavedViews({ person: () => 'mei', onOut: () => {} })
  server.fails = 0.5
  await saved.read()
  expect(saved.account!.reading).toBe('missed')
  expect(await saved.keeper.save('one', '/')).toMatchObject({ status: 0 })

  server.fails = 0
  expect(await saved.keeper.save('one', '/')).toBeUndefined()
  expect(server.kept.size).toBe(1)
  await vi.waitUntil(() => saved.account!.reading === 'read')
  await saved.keeper.save('another', '/')
  expect(server.kept.size).toBe(2)
})

test('what this browser keeps is taken into the account, and leaves the browser only once it is there', async () => {
  const server = fakeServer()
  const browser = new BrowserViews()
  for (const name of ['one', 'two']) await browser.save(name, '/')
  const saved = new SavedViews({ person: () => 'mei', onOut: () => {} })
  await saved.read()
  expect(server.sent).toEqual(['GET saved-views'])
  expect(names(saved.left!)).toEqual(['two', 'one'])
  server.fails = 503
  expect(await saved.take()).toMatchObject({ status: 503 })
  expect(readSaved(storage.getItem(NAME))).toHaveLength(2)

  server.fails = 0
  expect(await saved.take()).toBeUndefined()
  expect(saved.left).toBeUndefined()
  expect(readSaved(storage.getItem(NAME))).toEqual([])
  expect(names(saved.keeper).toSorted()).toEqual(['one', 'two'])
})

const describing: Describing = {
  pageOf: (path) => ({ '/': 'Board', '/compare': 'Compare' })[path],
  choices: { opened: ['agency', 'area'], members: { agency: [{ code: 'PWD', names: {} }] } },
  nameOf: (_, code) => (code === 'PWD' ? 'Public Works' : code),
}

test.each([
  ['/', 'Board'],
  ['/?window=7d&agency=PWD&area=Old+Town&rank=open', 'Board · 7 days · Public Works · Old Town'],
  ['/?window=nonsense&channel=phone', 'Board'],
  [
    '/compare?a=agency:PWD&b=previous&window=7d',
    'Compare · 7 days · Public Works against Whole city, period before',
  ],
  ['/?at=5,6', 'Board · a past moment'],
  ['/gone', '/gone'],
])('%s shows %s', (href, what) => {
  expect(describeView(href, describing)).toBe(what)
})
