import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { At, ViewSpec, ViewState } from '#shared/view.ts'
import type { Pulse } from '#shared/wire.ts'
import { freshness } from '../../web/live/freshness.ts'
import { LiveBoard } from '../../web/live/live-board.svelte.ts'
import { markViews } from '../../web/live/view-set.ts'
import { fakeSocket } from './fake-socket.ts'

const serverStart = Date.UTC(2030, 0, 1)
const day: ViewSpec[] = [{ id: 'now', measures: ['received'], window: '24h' }]
const week: ViewSpec[] = [{ id: 'now', measures: ['received'], window: '7d' }]

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('applies later patches to the snapshot', () => {
  const { socket, board } = liveBoard()

  change(socket, [10, 5], [11, 5], 8)

  expect(board.answer).toMatchObject({ at: [11, 5] })
  expect(received(board)).toBe(8)
})

test('ignores a patch that is already contained', () => {
  const { socket, board } = liveBoard()

  change(socket, [8, 5], [9, 5], 3)

  expect(received(board)).toBe(7)
  expect(socket.asked).toHaveLength(1)
})

test('asks again when a patch does not start where the page is (I4)', () => {
  const { socket, board } = liveBoard()

  change(socket, [11, 5], [12, 5], 9)

  expect(received(board)).toBe(7)
  expect(asked(socket)).toEqual(['24h', '24h'])
  expect(stateOf(board)).toBe('asking')

  answer(socket, [12, 5], 9)
  expect(received(board)).toBe(9)
  expect(stateOf(board)).toBe('live')
})

test('ignores what still arrives of the old set after another was asked for', () => {
  const { socket, board } = liveBoard()
  const [old] = socket.asked

  board.watch(week)
  change(socket, [10, 5], [11, 5], 8, old)
  answer(socket, [11, 5], 8, old)
  expect(received(board)).toBe(7)
  expect(board.answer!.specs).toBe(day)

  answer(socket, [11, 5], 60)
  expect(received(board)).toBe(60)
  expect(board.answer!.specs).toBe(week)
})

test('takes only the last of two sets asked for in haste', () => {
  const { socket, board } = liveBoard()

  board.watch(week)
  board.watch(day)
  answer(socket, [11, 5], 60, socket.asked[1])
  expect(received(board)).toBe(7)

  answer(socket, [11, 5], 8)
  expect(received(board)).toBe(8)
})

test('everybody who asks the same asks it in the same words, and no other set in the same', () => {
  const first = markViews(day)

  expect(markViews(structuredClone(day)).marked).toEqual(first.marked)
  expect(markViews(week).marked[0]!.id).not.toBe(first.marked[0]!.id)
})

test('asks for the current set after a reconnection', () => {
  const { socket, board } = liveBoard()
  socket.lose()
  board.watch(week)

  vi.advanceTimersByTime(1_500)
  socket.accept()

  expect(socket.dials).toBe(2)
  expect(asked(socket)).toEqual(['24h', '7d'])
})

test('says reconnecting when the connection is lost, and stale after a minute', () => {
  const { socket, board } = liveBoard()

  socket.lose()
  expect(stateOf(board)).toBe('reconnecting')

  vi.advanceTimersByTime(61_000)
  expect(stateOf(board)).toBe('stale')
  expect(received(board)).toBe(7)
})

test('says reconnecting within five seconds of the last pulse, and dials', () => {
  const { socket, board } = liveBoard()

  vi.advanceTimersByTime(4_900)

  expect(stateOf(board)).toBe('reconnecting')
  expect(socket.dials).toBe(2)
})

test('stays live as long as pulses come, without a change', () => {
  const { socket, board } = liveBoard()

  for (let i = 0; i < 30; i++) beat(socket)

  expect(stateOf(board)).toBe('live')
  expect(socket.dials).toBe(1)
})

test('keeps dialling through an hour without a network, ever more patiently, and is right again', () => {
  const { socket, board } = liveBoard()
  socket.lose()
  for (let second = 0; second < 3_600; second++) {
    const dials = socket.dials
    vi.advanceTimersByTime(1_000)
    if (socket.dials > dials) socket.fail()
  }
  expect(stateOf(board)).toBe('stale')
  expect(socket.dials).toBeGreaterThan(140)
  expect(socket.dials).toBeLessThan(300)

  vi.advanceTimersByTime(25_000)
  socket.accept()
  socket.receive('pulse', pulse())
  answer(socket, [500, 65], 90)
  expect(stateOf(board)).toBe('live')
  expect(received(board)).toBe(90)
})

test('dials at once when the machine wakes up after a sleep that stopped its monotonic clock', () => {
  const { socket, board } = liveBoard()
  const slept = Date.now() + 3_600_000
  vi.spyOn(Date, 'now').mockReturnValue(slept)

  board.wake()

  expect(socket.dials).toBe(2)
  expect(stateOf(board)).toBe('stale')
  vi.restoreAllMocks()
})

test('does not dial on waking when the server was just heard', () => {
  const { socket, board } = liveBoard()

  board.wake()

  expect(socket.dials).toBe(1)
})

test('rests without a socket or a timer, and asks anew when it is woken, grey until it is answered', () => {
  const { socket, board } = liveBoard()

  board.rest()
  expect(socket.isConnected).toBe(false)
  expect(vi.getTimerCount()).toBe(0)
  expect(stateOf(board)).toBe('asking')
  vi.advanceTimersByTime(3_600_000)
  expect(socket.dials).toBe(1)

  board.wake()
  expect(stateOf(board)).toBe('asking')
  expect(received(board)).toBe(7)
  socket.accept()
  socket.receive('pulse', pulse())
  answer(socket, [500, 65], 90)
  expect(stateOf(board)).toBe('live')
  expect(received(board)).toBe(90)
  expect(socket.dials).toBe(2)
})

test('says so when the server does not answer after a rest', () => {
  const { socket, board } = liveBoard()
  board.rest()
  vi.advanceTimersByTime(120_000)

  board.wake()
  socket.fail()
  expect(stateOf(board)).toBe('stale')

  board.rest()
  board.wake()
  vi.advanceTimersByTime(15_000)
  expect(stateOf(board)).toBe('stale')
})

test('asks for a reload and stops dialling when the server speaks another protocol', () => {
  const { socket, board } = openBoard()

  socket.refuse('outdated')
  vi.advanceTimersByTime(120_000)

  expect(stateOf(board)).toBe('outdated')
  expect(socket.dials).toBe(1)
})

test('says why a set was refused, and asks again later', () => {
  const { socket, board } = liveBoard()
  board.watch(week)

  socket.acks[0]!({ error: 'At most 20 views', path: 'views' })
  beat(socket)

  expect(board.refusal).toEqual({ error: 'At most 20 views', path: 'views' })
  expect(stateOf(board)).toBe('refused')
  for (let i = 0; i < 14; i++) beat(socket)
  expect(socket.dials).toBe(2)
})

test('says why a connection was refused', () => {
  const { socket, board } = openBoard()

  socket.refuse('Too many views are watched')

  expect(board.refusal?.error).toBe('Too many views are watched')
})

test('says reconnecting when a first answer never comes', () => {
  const { board } = openBoard()
  expect(stateOf(board)).toBe('loading')

  vi.advanceTimersByTime(10_000)

  expect(stateOf(board)).toBe('reconnecting')
})

test('dials again when pulses come but no answer', () => {
  const { socket } = openBoard()
  socket.accept()

  for (let i = 0; i < 9; i++) beat(socket)

  expect(socket.dials).toBe(2)
})

test('dials a server that greets and hangs up ever more patiently', () => {
  const { socket } = openBoard()
  for (let second = 0; second < 120; second++) {
    const dials = socket.dials
    vi.advanceTimersByTime(1_000)
    if (socket.dials === dials) continue
    socket.accept()
    socket.receive('pulse', pulse())
    socket.lose()
  }

  expect(socket.dials).toBeGreaterThan(5)
  expect(socket.dials).toBeLessThan(20)
})

test('moves the age on with each pulse, and keeps it when the server is lost', () => {
  const { socket, board } = liveBoard()
  beat(socket)
  const asOf = board.connection.asOf

  socket.lose()

  expect(asOf).toBe(serverNow() - 400)
  expect(board.connection.asOf).toBe(asOf)
})

test('is silent after it was closed', () => {
  const socket = fakeSocket()
  const board = new LiveBoard(socket.create)
  board.open()()

  answer(socket, [10, 5], 7)
  vi.advanceTimersByTime(60_000)

  expect(board.answer).toBeUndefined()
  expect(socket.dials).toBe(1)
})

function openBoard() {
  const socket = fakeSocket()
  const board = new LiveBoard(socket.create)
  board.watch(day)
  board.open()
  return { socket, board }
}

function liveBoard() {
  const { socket, board } = openBoard()
  socket.accept()
  socket.receive('pulse', pulse())
  answer(socket, [10, 5], 7)
  return { socket, board }
}

const stateOf = (board: LiveBoard) => freshness(board.connection, 'database').state
const received = (board: LiveBoard) => board.answer?.views.get('now')?.totals[1]
const asked = (socket: FakeSocket) => socket.asked.map((set) => set[0]!.window)
const serverNow = () => serverStart + Math.round(performance.now())

function beat(socket: FakeSocket) {
  vi.advanceTimersByTime(2_000)
  socket.receive('pulse', pulse())
}

function pulse(): Pulse {
  const now = serverNow()
  return { seq: 10, asOf: now - 400, now, sources: [], edition: 1 }
}

type FakeSocket = ReturnType<typeof fakeSocket>

/** Answers the set asked for last, unless told another. */
function answer(socket: FakeSocket, at: At, count: number, set = socket.asked.at(-1)) {
  socket.receive('views:snapshot', { at, asOf: serverNow() - 400, views: [view(count, set)] })
}

function change(socket: FakeSocket, from: At, at: At, count: number, set = socket.asked.at(-1)) {
  const { id, totals } = view(count, set)
  const views = [{ id, changed: [], gone: [], totals }]
  socket.receive('views:patch', { from, at, asOf: serverNow(), views })
}

function view(count: number, set: readonly ViewSpec[] = day): ViewState {
  const columns = [{ id: 'key' }, { id: 'received' }]
  return { id: set[0]!.id!, columns, rows: [], totals: [null, count] }
}
