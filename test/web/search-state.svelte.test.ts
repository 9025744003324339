import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { SearchState } from '../../web/search/search-state.svelte.ts'

/** A server that knows a ticket for every text, and answers each after its own time. */
function fakeServer() {
  const server = { asked: [] as string[], takes: {} as Record<string, number>, isLost: false }
  vi.stubGlobal('fetch', async (path: string, { signal }: RequestInit) => {
    const text = new URL(path, 'http://city').searchParams.get('q')!
    server.asked.push(text)
    await new Promise((resolve) => setTimeout(resolve, server.takes[text] ?? 10))
    if (server.isLost) throw new TypeError('fetch failed')
    signal!.throwIfAborted()
    const hit = { kind: 'ticket', code: `${text}-1`, names: {}, mark: 'm', address: '/tickets/m/x' }
    return Response.json({ hits: [hit] })
  })
  return server
}

let server: ReturnType<typeof fakeServer>
beforeEach(() => {
  vi.useFakeTimers()
  server = fakeServer()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const settle = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds)
const newSearch = () =>
  new SearchState(
    () => ({ pages: [{ href: '/', label: 'Board' }], members: {}, hrefOf: () => '/' }),
    (status) => status,
  )
const names = (search: SearchState) => search.hits.map(({ name }) => name)

test('what the page knows is there at once, and the server is asked when typing pauses', async () => {
  const search = newSearch()
  for (const text of ['b', 'bo', 'boa']) search.ask(text)
  expect(names(search)).toEqual(['Board'])
  expect(search.isAsking).toBe(true)

  await settle(1000)
  expect(server.asked).toEqual(['boa'])
  expect(names(search)).toEqual(['Board', 'boa-1'])
  expect(search.isAsking).toBe(false)
})

test('an answer that comes late belongs to no other text', async () => {
  const search = newSearch()
  server.takes = { slow: 5_000 }
  search.ask('slow')
  await settle(200)
  search.ask('fast')
  await settle(300)
  expect(names(search)).toEqual(['fast-1'])

  await settle(10_000)
  expect(server.asked).toEqual(['slow', 'fast'])
  expect(names(search)).toEqual(['fast-1'])
})

test('without an answer it says so, and keeps what the page knows', async () => {
  const search = newSearch()
  server.isLost = true
  search.ask('board')
  await settle(1000)

  expect(search.isFailing).toBe(true)
  expect(names(search)).toEqual(['Board'])
  server.isLost = false
  search.ask('boar')
  expect(search.isFailing).toBe(false)
  await settle(1000)
  expect(names(search)).toEqual(['Board', 'boar-1'])
})

test('an empty field asks for nothing', async () => {
  const search = newSearch()
  search.ask('b')
  search.ask(' ')
  await settle(1000)

  expect([server.asked, search.hits, search.isAsking]).toEqual([[], [], false])
})
