import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { StreamEvent, StreamPart } from '#shared/wire.ts'
import { LiveBoard } from '../../web/live/live-board.svelte.ts'
import { fakeSocket } from './fake-socket.ts'

const start = Date.UTC(2030, 0, 1)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const event = (id: string, at = start): StreamEvent => ({ kind: 'received', at, mark: 'm', id })
const part = (ids: string[], rest: Partial<StreamPart> = {}): StreamPart => ({
  at: 1,
  events: ids.map((id) => event(id)),
  more: 0,
  ...rest,
})
const first = (...ids: string[]): StreamPart => part(ids, { isFirst: true })

function following() {
  const socket = fakeSocket()
  const board = new LiveBoard(socket.create)
  board.open()
  board.stream.follow({})
  socket.accept()
  socket.receive('pulse', { seq: 1, asOf: start, now: start, sources: [], edition: 1 })
  socket.receive('views:snapshot', { at: [1, 1], asOf: start, views: [] })
  return { socket, board, stream: board.stream }
}

const told = ({ stream }: ReturnType<typeof following>) =>
  stream.lines?.map((line) => ('event' in line ? line.event.id : `+${line.more}`)).join()

test('puts what happens on top of what happened, and says how much a busy tick left out', () => {
  const it = following()
  expect(told(it)).toBeUndefined()

  it.socket.receive('stream', first('b', 'a'))
  it.socket.receive('stream', part(['d', 'c'], { more: 7 }))

  expect(told(it)).toBe('d,c,+7,b,a')
  expect(it.stream.lines!.map(({ isNew }) => isNew)).toEqual([true, true, true, false, false])
  const keys = it.stream.lines!.map(({ key }) => key)
  expect(new Set(keys).size).toBe(5)
})

test('keeps the newest only, however long it is followed', () => {
  const it = following()
  it.socket.receive('stream', first('a'))
  for (let n = 0; n < 1000; n++) it.socket.receive('stream', part([`n${n}`]))

  expect(it.stream.lines).toHaveLength(30)
  expect(told(it)).toMatch(/^n999,n998,/)
})

test('asks once it is connected and again after every loss, and takes the answer for everything', () => {
  const it = following()
  it.socket.receive('stream', first('a'))
  it.socket.lose()
  expect(it.stream.isCurrent).toBe(false)

  it.socket.accept()
  it.socket.receive('stream', part(['x']))
  expect(told(it)).toBe('a')

  it.socket.receive('stream', first('c', 'b'))
  expect(told(it)).toBe('c,b')
  expect(it.stream.isCurrent).toBe(true)
  expect(it.socket.followed).toEqual([{}, {}])
})

test('takes nothing of the old tickets once it asked for others', () => {
  const it = following()
  it.socket.receive('stream', first('a'))
  it.stream.follow({ area: ['north'] })
  it.socket.receive('stream', part(['old']))
  expect(told(it)).toBe('a')

  it.socket.receive('stream', first('north'))
  it.socket.receive('stream', part(['new']))
  expect(told(it)).toBe('new,north')
  expect(it.socket.followed).toEqual([{}, { area: ['north'] }])
})

test('stands still while paused, counts what waits, and shows it when it goes on', () => {
  const it = following()
  it.socket.receive('stream', first('a'))
  it.stream.pause(true)
  it.socket.receive('stream', part(['c', 'b'], { more: 3 }))
  expect(told(it)).toBe('a')
  expect(it.stream.waiting).toBe(5)

  it.stream.pause(false)
  expect(told(it)).toBe('c,b,+3,a')
  expect(it.stream.waiting).toBe(0)
})

test('a reconnection while paused counts only what was not there before', () => {
  const it = following()
  it.socket.receive('stream', first('b', 'a'))
  it.stream.pause(true)
  it.socket.lose()
  it.socket.accept()
  it.socket.receive('stream', first('c', 'b', 'a'))

  expect(told(it)).toBe('b,a')
  expect(it.stream.waiting).toBe(1)
})

test('shows other tickets at once, also while paused', () => {
  const it = following()
  it.socket.receive('stream', first('a'))
  it.stream.pause(true)
  it.stream.follow({ area: ['north'] })
  it.socket.receive('stream', first('n'))

  expect(told(it)).toBe('n')
  expect(it.stream.waiting).toBe(0)
})

test('a page that nobody sees lets the server tell nothing', () => {
  const it = following()
  it.socket.receive('stream', first('a'))
  it.stream.follow(undefined)
  it.socket.receive('stream', part(['unasked']))

  expect(it.socket.followed).toEqual([{}, null])
  expect(told(it)).toBe('a')
})

test('a refusal of the stream is none of the board, and is asked again later', () => {
  const it = following()
  it.socket.followAcks[0]!({ error: 'full' })
  expect(it.stream.refusal).toEqual({ error: 'full' })
  expect(it.board.refusal).toBeUndefined()

  const beats = setInterval(() => {
    it.socket.receive('pulse', { seq: 1, asOf: start, now: start, sources: [], edition: 1 })
  }, 1000)
  vi.advanceTimersByTime(10_000)
  expect(it.socket.followed).toEqual([{}])
  vi.advanceTimersByTime(11_000)
  clearInterval(beats)
  expect(it.socket.followed).toEqual([{}, {}])
  expect(it.stream.refusal).toBeUndefined()
})

test('says how many events a minute brings, once a minute is known', () => {
  const it = following()
  const at = (id: string, ago: number) => event(id, start - ago * 1000)
  const told = (events: StreamEvent[]) => it.socket.receive('stream', { ...first(), events })

  told([at('c', 5), at('b', 50), at('a', 90)])
  expect(it.stream.rate(start)).toBe(2)

  it.socket.receive('stream', part(['d'], { more: 6 }))
  expect(it.stream.rate(start)).toBe(9)
  expect(it.stream.rate(start + 61_000)).toBe(0)

  told(Array.from({ length: 50 }, (_, n) => at(`n${n}`, n)))
  expect(it.stream.rate(start)).toBeUndefined()
  expect(it.stream.rate(start + 11_001)).toBe(49)
})
