import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { At, ViewSpec } from '#shared/view.ts'
import { PastBoard } from '../../web/live/past-board.svelte.ts'

const at: At = [18_234, 29_000_000]
const specs: ViewSpec[] = [
  { id: 'now', measures: ['received'], window: '24h' },
  {
    id: 'area',
    measures: ['open'],
    by: 'area',
    window: '24h',
    filters: { agency: ['Parks, Shore'] },
  },
]

/** Answers of a server, in the order in which they are asked for: lines that the test sends on. */
function fakeServer() {
  const asked: { url: URL; signal: AbortSignal; say: (line: object) => void; end: () => void }[] =
    []
  let refuse: Response | undefined
  vi.stubGlobal('fetch', async (path: string, { signal }: { signal: AbortSignal }) => {
    if (refuse) return refuse.clone()
    const { readable, writable } = new TransformStream<Uint8Array>()
    const writer = writable.getWriter()
    asked.push({
      url: new URL(path, 'http://city'),
      signal,
      say: (line) => void writer.write(new TextEncoder().encode(`${JSON.stringify(line)}\n`)),
      end: () => void writer.close(),
    })
    return new Response(readable)
  })
  return { asked, refuseWith: (response: Response | undefined) => (refuse = response) }
}

const answer = (total: number, basis = 'past') => ({
  answer: {
    at,
    asOf: '2026-11-21T06:32:00.000Z',
    basis,
    columns: [],
    rows: [],
    totals: [null, total],
  },
})

let server: ReturnType<typeof fakeServer>
beforeEach(() => {
  vi.useFakeTimers()
  server = fakeServer()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const settle = () => vi.advanceTimersByTimeAsync(1)

test('asks for every view at the pair, and shows them when all are here', async () => {
  const board = new PastBoard()
  board.ask(specs, at)
  await settle()
  expect(server.asked.map(({ url }) => url.searchParams.get('at'))).toEqual([
    '18234,29000000',
    '18234,29000000',
  ])
  expect(server.asked[1]!.url.searchParams.get('agency')).toBe('Parks  Shore')

  server.asked[0]!.say(answer(7))
  await settle()
  expect([board.answer, board.freshness.state]).toEqual([undefined, 'loading'])

  server.asked[1]!.say(answer(9))
  await settle()
  expect(board.answer!.views.get('area')!.totals).toEqual([null, 9])
  expect(board.answer).toMatchObject({ at, basis: 'past', asOf: Date.UTC(2026, 10, 21, 6, 32) })
  expect(board.freshness).toMatchObject({ state: 'past', now: undefined })

  board.ask(specs)
  await settle()
  expect(server.asked.slice(2).map(({ url }) => url.searchParams.has('at'))).toEqual([false, false])
  server.asked[2]!.say(answer(8))
  server.asked[3]!.say(answer(9))
  await settle()
  expect(board.answer).toMatchObject({ at, specs })
})

test('tells the progress of all views together, and that one of them was recounted', async () => {
  const board = new PastBoard()
  board.ask(specs, at)
  await settle()
  expect(board.progress).toBeUndefined()

  server.asked[0]!.say({ progress: 0.5 })
  await settle()
  expect(board.progress).toBe(0.25)
  server.asked[0]!.say(answer(7, 'recounted'))
  server.asked[1]!.say({ progress: 0.6 })
  await settle()
  expect(board.progress).toBe(0.8)

  server.asked[1]!.say(answer(9))
  await settle()
  expect([board.progress, board.answer!.basis]).toEqual([undefined, 'recounted'])
})

test('says what the server refuses; asks again by itself only where that may help', async () => {
  const board = new PastBoard()
  server.refuseWith(Response.json({ error: 'too many' }, { status: 503 }))
  board.ask(specs, at)
  await settle()
  expect([board.refusal, board.freshness.state]).toEqual([{ error: 'too many' }, 'refused'])

  server.refuseWith(undefined)
  await vi.advanceTimersByTimeAsync(4_000)
  for (const { say } of server.asked) say(answer(1))
  await settle()
  expect([board.refusal, board.freshness.state]).toEqual([undefined, 'past'])

  server.refuseWith(Response.json({ error: 'not past yet' }, { status: 400 }))
  board.ask(specs, at)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(board.freshness.state).toBe('refused')
  expect(server.asked).toHaveLength(2)
})

test('an answer that breaks off is asked for again', async () => {
  const board = new PastBoard()
  board.ask(specs, at)
  await settle()
  for (const { end } of server.asked) end()
  await settle()
  expect(board.freshness.state).toBe('reconnecting')

  await vi.advanceTimersByTimeAsync(4_000)
  for (const { say } of server.asked.slice(2)) say(answer(5))
  await settle()
  expect(board.freshness.state).toBe('past')
})

test('what was asked before is not waited for any more', async () => {
  const board = new PastBoard()
  const stop = board.ask(specs, at)
  await settle()
  stop()
  board.ask([specs[0]!], at)
  await settle()

  expect(server.asked.map(({ signal }) => signal.aborted)).toEqual([true, true, false])
  for (const { say } of server.asked.slice(0, 2)) say(answer(1))
  server.asked[2]!.say(answer(2))
  await settle()
  expect(board.answer!.views.get('now')!.totals).toEqual([null, 2])
})
