import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PublishedBoard } from '../../web/live/published-board.svelte.ts'

/** A server that has published every day before `today`, and counts what it is asked. */
function fakeServer() {
  const server = { until: '2026-11-22', asked: [] as string[], isLost: false }
  vi.stubGlobal('fetch', async (path: string) => {
    const window = new URL(path, 'http://city').searchParams.get('window')!
    server.asked.push(window)
    if (server.isLost) throw new TypeError('fetch failed')
    const [start, end] = window.includes('/') ? window.split('/') : [dayBefore(server.until)]
    const last = end ?? server.until
    if (last > server.until || last < '2026-11-18') return new Response('{}', { status: 404 })
    const published = { start, end: last, at: `${last}T00:00:10.000Z`, seq: 7 }
    return Response.json({
      published,
      columns: [],
      rows: [],
      totals: [null, Number(last.slice(8))],
    })
  })
  return server
}

const dayBefore = (date: string) =>
  new Date(Date.parse(date) - 86_400_000).toISOString().slice(0, 10)

let server: ReturnType<typeof fakeServer>
beforeEach(() => {
  vi.useFakeTimers()
  server = fakeServer()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const settle = (milliseconds = 1) => vi.advanceTimersByTimeAsync(milliseconds)
const question = { days: 1, today: '2026-11-22', isPast: false }

test('asks once for the newest whole days and for those before, and leaves gaps where there is nothing', async () => {
  const board = new PublishedBoard(['satisfactionRate'])
  const stop = board.ask(question)
  expect(board.state).toBe('loading')
  await settle()

  expect(board.newest).toMatchObject({ days: { start: '2026-11-21', end: '2026-11-22' } })
  expect(board.run.map((view) => view?.totals[1])).toEqual([
    undefined,
    undefined,
    18,
    19,
    20,
    21,
    22,
  ])
  await settle(3_600_000)
  expect(server.asked).toHaveLength(7)
  stop()
})

test('after midnight it asks until the day is published, and shows yesterday meanwhile', async () => {
  const board = new PublishedBoard(['satisfactionRate'])
  board.ask(question)()
  board.ask(question)
  await settle()
  server.asked.length = 0

  const stop = board.ask({ ...question, today: '2026-11-23' })
  await settle(4_000)
  expect(server.asked).toEqual([])
  await settle(46_000)
  expect(server.asked.length).toBeGreaterThan(0)
  expect(board.newest?.days.end).toBe('2026-11-22')

  server.until = '2026-11-23'
  await settle(1_200_000)
  expect(board.newest?.days.end).toBe('2026-11-23')
  expect(board.before?.days.end).toBe('2026-11-22')
  stop()
})

test('what is not published is none, and a server that does not answer is neither', async () => {
  const board = new PublishedBoard(['satisfactionRate'])
  server.until = '2026-01-01'
  const stop = board.ask(question)
  await settle()
  expect(board.state).toBe('none')
  stop()

  server.isLost = true
  const stopLost = board.ask({ ...question, days: 7 })
  await settle()
  expect(board).toMatchObject({ state: 'loading', isFailing: true, newest: undefined })
  stopLost()
})

test('a lost server leaves what was told, marked as not renewed', async () => {
  const board = new PublishedBoard(['satisfactionRate'])
  board.ask(question)
  await settle()
  server.isLost = true
  const stop = board.ask({ ...question, today: '2026-11-23' })
  await settle(60_000)

  expect(board.newest?.days.end).toBe('2026-11-22')
  expect(board.isFailing).toBe(true)
  stop()
})

test('of a past moment it asks for the days that were over then, and only once', async () => {
  const board = new PublishedBoard(['satisfactionRate'])
  board.ask({ days: 1, today: '2026-11-20', isPast: true })
  await settle(3_600_000)

  expect(server.asked[0]).toBe('2026-11-19/2026-11-20')
  expect(board.newest?.days.end).toBe('2026-11-20')
  expect(server.asked).toHaveLength(7)
})

test('another length never shows the numbers of the one before', async () => {
  const board = new PublishedBoard(['satisfactionRate'])
  board.ask(question)
  await settle()
  board.ask({ ...question, days: 7 })

  expect(board).toMatchObject({ state: 'loading', newest: undefined })
})
