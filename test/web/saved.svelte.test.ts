import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Describing, describeView } from '../../web/saved/describe.ts'
import { SavedViews } from '../../web/saved/saved-views.svelte.ts'
import { cleanName, MOST, NAME, readSaved, writeSaved } from '../../web/saved/store.ts'

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

const view = { id: '1', name: 'Mine', href: '/?window=7d', savedAt: 5 }
const names = (views: SavedViews) => views.list.map(({ name }) => name)

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
})

test('a view is saved, renamed, deleted and put back where it was', () => {
  const views = new SavedViews()
  for (const name of ['one', 'two', 'three']) expect(views.save(name, '/')).toBeUndefined()
  expect(names(views)).toEqual(['three', 'two', 'one'])
  const two = views.list[1]!.id
  views.rename(two, 'second')
  const undo = views.remove(two)!
  expect(names(new SavedViews())).toEqual(['three', 'one'])

  expect(undo()).toBeUndefined()
  undo()
  expect(names(views)).toEqual(['three', 'second', 'one'])
  expect(names(new SavedViews())).toEqual(['three', 'second', 'one'])
  expect(views.remove('nothing')).toBeUndefined()
})

test('what another tab has saved meanwhile is not lost', () => {
  const [mine, theirs] = [new SavedViews(), new SavedViews()]
  theirs.save('theirs', '/')
  mine.save('mine', '/')

  expect(names(mine)).toEqual(['mine', 'theirs'])
  expect(readSaved(storage.getItem(NAME))).toHaveLength(2)
})

test('a full store, a nameless view and one too many are refused, and nothing is lost', () => {
  const views = new SavedViews()
  views.save('kept', '/')
  expect(views.save(' \n', '/')).toBe('unnamed')
  expect(views.rename(views.list[0]!.id, '')).toBe('unnamed')
  storage.isFull = true
  expect(views.save('more', '/')).toBe('full')
  expect(views.remove(views.list[0]!.id)).toBeUndefined()
  expect(names(views)).toEqual(['kept'])

  storage.isFull = false
  for (let i = 1; i < MOST; i++) views.save(`${i}`, '/')
  expect(views.save('more', '/')).toBe('many')
  expect(views.list).toHaveLength(MOST)
})

test('a browser that keeps nothing shows none', () => {
  vi.stubGlobal('localStorage', {
    getItem() {
      throw new DOMException('denied', 'SecurityError')
    },
  })
  expect(new SavedViews().list).toEqual([])
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
