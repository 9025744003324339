import { Connection } from './connection.ts'
import type { Figure } from './figure.ts'
import { inFlight } from './in-flight.ts'
import { bodyOf } from './load.ts'
import { percentile } from './percentile.ts'
import { processorTime } from './processor.ts'
import type { Setting } from './setting.ts'

const CONNECTIONS = 64
/** Events are made before, for at most so many a second. */
const MOST = 10_000
/** Batches of the load from here on are not in any other run. */
const FIRST = 2_000_000

/** Intake of sources that send each event as it happens: 64 connections, an event a request. */
export async function benchSingle({ stage, seconds, stop }: Setting) {
  const events = singleEvents(seconds * MOST)
  await using server = await stage.startServer()
  const { post, close } = await openConnections(server.origin, stage.key)
  const before = await processorTime(server.pid)
  const took: number[] = []
  const startedAt = performance.now()
  await inFlight(CONNECTIONS, async (number) => {
    const event = events[number]
    if (!event || stop.aborted || performance.now() - startedAt > seconds * 1000) return false
    const from = performance.now()
    await post(event)
    took.push(performance.now() - from)
    return true
  })
  const ran = (performance.now() - startedAt) / 1000
  const after = await processorTime(server.pid)
  close()
  const used = before === null || after === null ? null : after - before
  return figuresOf(took, ran, used)
}

function singleEvents(count: number): string[] {
  const events: string[] = []
  for (let number = FIRST; events.length < count; number++) {
    const lines = bodyOf(number, Date.now()).bytes.toString().trimEnd().split('\n')
    events.push(...lines)
  }
  return events
}

/** Kept open, as a source that has much to say would. */
async function openConnections(origin: string, key: string) {
  const head = [`authorization: Bearer ${key}`, 'content-type: application/x-ndjson']
  const all = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => Connection.open(origin, head)),
  )
  const free = [...all]

  return {
    /** Rejects when the answer is not 200. */
    async post(event: string): Promise<void> {
      const connection = free.pop()!
      const status = await connection.post(event)
      free.push(connection)
      if (status !== 200) throw new Error(`Intake answers ${status}.`)
    },
    close: () => all.forEach((connection) => connection.close()),
  }
}

function figuresOf(took: readonly number[], seconds: number, used: number | null): Figure[] {
  return [
    {
      name: 'intake of single events, 64 connections',
      unit: 'events/s',
      measured: took.length / seconds,
      wanted: { least: 4000 },
    },
    { name: 'a single event, p50', unit: 'ms', measured: percentile(took, 0.5) },
    {
      name: 'a single event, p99',
      unit: 'ms',
      measured: percentile(took, 0.99),
      wanted: { most: 100 },
    },
    {
      name: 'processor of the server for 1,000 single events',
      unit: 'ms',
      measured: used === null ? null : (used / took.length) * 1000,
    },
  ]
}
