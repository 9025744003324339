import { setTimeout as delay } from 'node:timers/promises'
import { copyTickets } from './copy.ts'
import { submitDirectly } from './direct.ts'
import type { Figure } from './figure.ts'
import { inFlight } from './in-flight.ts'
import { type Body, BATCH, bodyOf } from './load.ts'
import { percentile } from './percentile.ts'
import { openPost } from './post.ts'
import { processorTime } from './processor.ts'
import type { Setting } from './setting.ts'
import type { Stage } from './stage.ts'

/** Requests that are under way at once: enough that intake never waits for the next. */
export const CONCURRENT = 4
/** Bodies are made before, for at most so many events a second. */
const MOST = 30_000

interface Sent {
  events: number
  created: number
  updated: number
  accepted: number
  seq: number
  seconds: number
  /** Milliseconds from the first byte sent to the answer, a batch. */
  took: number[]
}

/** Intake over HTTP in batches of 1,000, as fast as it takes them, and whether all of it is there. */
export async function benchIntake(setting: Setting): Promise<Figure[]> {
  const { stage, seconds } = setting
  const [throughput, ...others] = await overHttp(setting)
  const direct = await submitDirectly(stage, Math.ceil(seconds / 3))
  const copied = await copyTickets(stage)
  return [
    { ...throughput!, limit: { of: 'the same without HTTP', value: direct } },
    ...others,
    {
      name: 'the same without HTTP',
      unit: 'events/s',
      measured: direct,
      limit: { of: 'plain COPY of the tickets', value: copied },
    },
  ]
}

async function overHttp({ stage, seconds, stop }: Setting): Promise<Figure[]> {
  const now = Date.now()
  const bodies = Array.from({ length: Math.ceil((seconds * MOST) / BATCH) }, (_, number) =>
    bodyOf(number, now),
  )
  await using server = await stage.startServer()
  const before = await usage(stage, server.pid)
  const sent = await send(openPost(server.origin, stage.key), { bodies, seconds, stop })
  const after = await usage(stage, server.pid)
  const lost = sent.created + sent.updated - (await storedEvents(stage))
  const counted = await countedTickets(server.origin, sent.seq)
  return [
    ...figuresOf(sent, lost, sent.created - counted),
    perBatch('processor of the server for 1,000', sent, after.server - before.server),
    perBatch('processor of PostgreSQL for 1,000', sent, after.postgres - before.postgres),
  ]
}

/** Milliseconds of processor that were used until now. */
export async function usage({ postmaster }: Stage, server: number) {
  return {
    server: (await processorTime(server)) ?? NaN,
    postgres: (await processorTime(postmaster)) ?? NaN,
  }
}

function perBatch(name: string, { events }: Sent, milliseconds: number): Figure {
  const each = (milliseconds / events) * 1000
  return { name, unit: 'ms', measured: Number.isNaN(each) ? null : each }
}

interface Sending {
  bodies: readonly Body[]
  seconds: number
  stop: AbortSignal
}

async function send(
  { post, close }: ReturnType<typeof openPost>,
  { bodies, seconds, stop }: Sending,
): Promise<Sent> {
  const sent = { events: 0, created: 0, updated: 0, accepted: 0, seq: 0, took: [] as number[] }
  const startedAt = performance.now()
  await inFlight(CONCURRENT, async (number) => {
    const body = bodies[number]
    if (!body || stop.aborted || performance.now() - startedAt > seconds * 1000) return false
    const from = performance.now()
    const receipt = await post(body.bytes)
    sent.took.push(performance.now() - from)
    sent.events += BATCH
    sent.created += body.created
    sent.updated += body.updated
    sent.accepted += receipt.accepted
    sent.seq = Math.max(sent.seq, receipt.seq)
    return true
  })
  close()
  return { ...sent, seconds: (performance.now() - startedAt) / 1000 }
}

/** Every first version is a ticket, every second one has left the first in the history. */
async function storedEvents({ sql }: Stage): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select (select count(*) from ticket) + (select count(*) from ticket_history) as count
  `
  return row!.count
}

/** What the cube counts as received, once it holds everything up to `seq`. */
async function countedTickets(origin: string, seq: number): Promise<number> {
  for (;;) {
    const answer = await fetch(`${origin}/api/v1/view?measures=received&window=30d`)
    const view = (await answer.json()) as { seq: number; totals: [null, number] }
    if (view.seq >= seq) return view.totals[1]
    await delay(100)
  }
}

function figuresOf(sent: Sent, lost: number, uncounted: number): Figure[] {
  return [
    {
      name: 'intake over HTTP',
      unit: 'events/s',
      measured: sent.events / sent.seconds,
      wanted: { least: 15_000 },
    },
    { name: 'a batch of 1,000, p50', unit: 'ms', measured: percentile(sent.took, 0.5) },
    {
      name: 'a batch of 1,000, p99',
      unit: 'ms',
      measured: percentile(sent.took, 0.99),
      wanted: { most: 500 },
    },
    {
      name: 'sent and not accepted',
      unit: 'events',
      measured: sent.events - sent.accepted,
      wanted: { most: 0 },
    },
    { name: 'sent and not stored', unit: 'events', measured: lost, wanted: { most: 0 } },
    {
      name: 'stored and not counted by the cube',
      unit: 'tickets',
      measured: uncounted,
      wanted: { most: 0 },
    },
  ]
}
