import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { sayBusy } from '../../server/say-busy.ts'

let written: string[]
const screen = { write: (text: string) => written.push(text) }

beforeEach(() => {
  written = []
  vi.useFakeTimers()
})
afterEach(() => void vi.useRealTimers())

test('a quick start says nothing', () => {
  const end = sayBusy(() => undefined, screen)
  vi.advanceTimersByTime(499)
  end()
  vi.advanceTimersByTime(5000)
  expect(written).toEqual([])
})

test('a slow start says once what it does', () => {
  const end = sayBusy(() => undefined, screen)
  vi.advanceTimersByTime(5000)
  end()
  expect(written).toEqual(['The city is being read in, which may take some seconds.\n'])
})

test('a founding says now and then how far it is, and then that the city is read in', () => {
  let founded = 0
  const end = sayBusy(() => founded, screen)
  vi.advanceTimersByTime(2000)
  founded = 0.42
  vi.advanceTimersByTime(2000)
  founded = 1
  vi.advanceTimersByTime(2000)
  end()
  expect(written).toEqual([
    'Founding the demonstration city 42%  90 days\n',
    'The city is being read in, which may take some seconds.\n',
  ])
})
