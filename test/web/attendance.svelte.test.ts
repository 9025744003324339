import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Attendance } from '../../web/accounts/attendance.svelte.ts'
import { presenceAt } from '../../web/accounts/presence.ts'

const MINUTE = 60_000
const kept = new Map<string, string>()
const heard: string[] = []
let stop = () => {}
let isReached = true

const touch = (type = 'keydown') => dispatchEvent(new Event(type))
const kinds = (kind: string) => heard.filter((one) => one === kind).length

/** Somebody who is signed out after half an hour without a touch. */
function attend(): Attendance {
  const attendance = new Attendance({
    idle: 30 * MINUTE,
    stay: async () => void heard.push('stay'),
    leave: async () => {
      heard.push('leave')
      return isReached
    },
  })
  stop = attendance.open()
  return attendance
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 22, 8) })
  const target = new EventTarget()
  vi.stubGlobal('addEventListener', target.addEventListener.bind(target))
  vi.stubGlobal('removeEventListener', target.removeEventListener.bind(target))
  vi.stubGlobal('dispatchEvent', target.dispatchEvent.bind(target))
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
  })
})

afterEach(() => {
  stop()
  vi.unstubAllGlobals()
  vi.useRealTimers()
  kept.clear()
  heard.length = 0
  isReached = true
})

test('who only watches is warned two minutes before they are signed out, and once signed out', async () => {
  const attendance = attend()
  await vi.advanceTimersByTimeAsync(27.9 * MINUTE)
  expect(attendance.endsAt).toBeUndefined()
  await vi.advanceTimersByTimeAsync(0.2 * MINUTE)
  expect(attendance.endsAt).toBe(Date.UTC(2026, 10, 22, 8, 30))
  await vi.advanceTimersByTimeAsync(10 * MINUTE)
  expect(heard).toEqual(['leave'])
})

test('a touch keeps them, and tells the server at most once a minute', async () => {
  const attendance = attend()
  for (let second = 0; second < 600; second += 5) {
    touch()
    await vi.advanceTimersByTimeAsync(5000)
  }
  expect(kinds('stay')).toBeGreaterThan(8)
  expect(kinds('stay')).toBeLessThanOrEqual(10)
  await vi.advanceTimersByTimeAsync(28.5 * MINUTE)
  // Who moves to the button of the warning finds it there.
  touch('pointermove')
  expect(attendance.endsAt).toBeDefined()
  touch()
  expect(attendance.endsAt).toBeUndefined()
  await vi.advanceTimersByTimeAsync(27 * MINUTE)
  expect(kinds('leave')).toBe(0)
})

test('the last touch is told, also when nothing follows it', async () => {
  attend()
  await vi.advanceTimersByTimeAsync(2 * MINUTE)
  touch()
  await vi.advanceTimersByTimeAsync(1000)
  expect(kinds('stay')).toBe(1)
  await vi.advanceTimersByTimeAsync(1500)
  touch()
  await vi.advanceTimersByTimeAsync(MINUTE)
  expect(kinds('stay')).toBe(2)
})

test('who is at another tab of this browser is here', async () => {
  attend()
  await vi.advanceTimersByTimeAsync(29 * MINUTE)
  kept.set('clerestory.touched-at', String(Date.now()))
  await vi.advanceTimersByTimeAsync(20 * MINUTE)
  expect(kinds('leave')).toBe(0)
})

test('a machine that slept too long does not stay signed in by the touch that wakes it', async () => {
  attend()
  vi.setSystemTime(Date.now() + 45 * MINUTE)
  touch()
  expect(heard).toEqual(['leave'])
})

test('a server that does not answer is told again until it has', async () => {
  isReached = false
  attend()
  await vi.advanceTimersByTimeAsync(30 * MINUTE + 5000)
  expect(kinds('leave')).toBeGreaterThan(2)
  isReached = true
  await vi.advanceTimersByTimeAsync(1000)
  const until = kinds('leave')
  await vi.advanceTimersByTimeAsync(MINUTE)
  expect(kinds('leave')).toBe(until)
})

test('the warning is a third of a short time, and ends with it', () => {
  expect(presenceAt(0, 0, 60_000)).toEqual({ kind: 'here' })
  expect(presenceAt(40_000, 0, 60_000)).toEqual({ kind: 'leaving', endsAt: 60_000 })
  expect(presenceAt(60_000, 0, 60_000)).toEqual({ kind: 'gone' })
})
