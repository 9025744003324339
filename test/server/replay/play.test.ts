import { expect, test } from 'vitest'
import type { EventJson } from '../../../server/import/event-of.ts'
import { historyOf } from '../../../server/replay/history.ts'
import { play } from '../../../server/replay/play.ts'
import { ticketJson } from './ticket-json.ts'

const START = Date.parse('2020-07-01')
const HOUR = 3_600_000

/** Tickets received one a played hour from START on. */
const hourly = (count: number) =>
  historyOf(
    Array.from({ length: count }, (_, i) =>
      ticketJson({ id: String(i), receivedAt: new Date(START + i * HOUR).toISOString() }),
    ),
    { from: undefined, until: undefined },
  )

function playInto(log: { id: string; after: number }[], options: object = {}) {
  const startedAt = performance.now()
  return play({
    steps: hourly(4),
    startAt: START,
    speed: 36_000,
    stop: new AbortController().signal,
    playing: () => {},
    async send(events: readonly EventJson[]) {
      for (const { id } of events) log.push({ id, after: performance.now() - startedAt })
    },
    ...options,
  })
}

test('an hour takes a tenth of a second at 36,000 times the speed', async () => {
  const log: { id: string; after: number }[] = []

  await playInto(log)

  expect(log.map(({ id }) => id)).toEqual(['0', '1', '2', '3'])
  log.forEach(({ after }, i) => expect(after).toBeGreaterThanOrEqual(i * 100 - 1))
})

test('at full speed nothing waits, and the order of each ticket stays', async () => {
  const log: { id: string; after: number }[] = []

  await playInto(log, { speed: Infinity, steps: hourly(2500) })

  expect(log).toHaveLength(2500)
})

test('what lies before the start is told at once', async () => {
  const log: { id: string; after: number }[] = []

  await playInto(log, { startAt: START + 3 * HOUR, speed: 1 })

  expect(log).toHaveLength(4)
})

test('can be stopped while it waits', async () => {
  const log: { id: string; after: number }[] = []

  const told = await playInto(log, { speed: 1, stop: AbortSignal.timeout(50) })

  expect(told).toBe(1)
})

test('a failure of the receiver ends it', async () => {
  const send = () => Promise.reject(new Error('full'))

  await expect(playInto([], { send })).rejects.toThrow('full')
})
