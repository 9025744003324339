import { setTimeout as delay } from 'node:timers/promises'
import { defaultPolicy } from '#shared/policy.ts'
import { protocol } from '#shared/wire.ts'
import { insertPolicy } from '../../server/policies/queries.ts'
import { watchMemory } from '../support/memory.ts'
import { type PausablePage, pausablePage } from '../support/pausable-page.ts'
import { board } from './board.ts'
import type { Figure } from './figure.ts'
import { bodyOf } from './load.ts'
import { percentile } from './percentile.ts'
import { openPost } from './post.ts'
import type { Setting } from './setting.ts'

const SOCKETS = 400
const PAUSED = 200
const EVENTS_A_SECOND = 1000
const AT_ONCE = 50
/** Bodies apart from those of the other figures. */
const FIRST = 2_000_000
const GRACE = 5000

interface Committed {
  seq: number
  at: number
}

/** What 200 paused sockets of 400 cost the others, and the server; and when they are current again. */
export async function benchSlowReaders({ stage, seconds, stop }: Setting) {
  await insertPolicy(stage.db, { ...defaultPolicy, opened: ['agency', 'area', 'category'] })
  await using server = await stage.startServer()
  const pages = await openPages(server.origin)
  const [slow, quick] = [pages.slice(0, PAUSED), pages.slice(PAUSED)]
  const post = openPost(server.origin, stage.key)
  const half = { seconds: Math.max(1, Math.floor(seconds / 2)), stop }

  const before = await latencies(quick, await sendSteadily(post, { ...half, first: FIRST }))
  const memory = await watchMemory(server.pid)
  for (const page of slow) page.pause()
  const committed = await sendSteadily(post, { ...half, first: FIRST + 1000 })
  const during = await latencies(quick, committed)
  const grown = await memory.grownBy()
  const back = await untilCurrent(slow, committed.at(-1)!.seq)
  for (const page of pages) page.close()
  post.close()
  return figuresOf({ before, during, grown, back })
}

async function openPages(origin: string): Promise<PausablePage[]> {
  const pages: PausablePage[] = []
  while (pages.length < SOCKETS) {
    const some = Array.from({ length: 25 }, () => pausablePage(origin, { protocol, views: board }))
    pages.push(...(await Promise.all(some)))
  }
  return pages
}

interface Sending {
  seconds: number
  first: number
  stop: AbortSignal
}

/** Sends at the rate, whether or not earlier requests were answered. */
async function sendSteadily(
  { post }: ReturnType<typeof openPost>,
  { seconds, first, stop }: Sending,
): Promise<Committed[]> {
  const committed: Promise<Committed>[] = []
  const startedAt = performance.now()
  for (let index = 0; index * AT_ONCE < seconds * EVENTS_A_SECOND && !stop.aborted; index++) {
    await delay(
      Math.max(0, startedAt + (index * AT_ONCE * 1000) / EVENTS_A_SECOND - performance.now()),
    )
    const lines = bodyOf(first + index, Date.now())
      .bytes.toString()
      .split('\n')
    const answered = post(Buffer.from(lines.slice(0, AT_ONCE).join('\n')))
    committed.push(answered.then(({ seq }) => ({ seq, at: performance.now() })))
  }
  return Promise.all(committed)
}

/** For each commit and each page, the time until the page was there. */
async function latencies(pages: readonly PausablePage[], committed: readonly Committed[]) {
  await delay(GRACE)
  const inOrder = committed.toSorted((a, b) => a.seq - b.seq)
  return pages.flatMap((page) => {
    const arrivals = page.takeArrivals()
    let next = 0
    return inOrder.map(({ seq, at }) => {
      while (next < arrivals.length && arrivals[next]!.seq < seq) next++
      return next < arrivals.length ? Math.max(0, arrivals[next]!.at - at) : Infinity
    })
  })
}

/** Milliseconds from reading on until every page is there. */
async function untilCurrent(pages: readonly PausablePage[], seq: number): Promise<number> {
  const startedAt = performance.now()
  for (const page of pages) page.resume()
  while (pages.some((page) => page.seq() < seq)) {
    if (performance.now() - startedAt > 60_000) return Infinity
    await delay(10)
  }
  return performance.now() - startedAt
}

interface Measured {
  before: number[]
  during: number[]
  grown: number
  back: number
}

function figuresOf({ before, during, grown, back }: Measured): Figure[] {
  const [all, others] = [percentile(before, 0.99)!, percentile(during, 0.99)!]
  return [
    {
      name: 'commit to patch of 200, p99, while 200 others pause',
      unit: 'ms',
      measured: others,
      wanted: { most: 1.1 * all },
      limit: { of: 'while nobody pauses', value: all },
    },
    { name: 'memory for 200 paused sockets', unit: 'MB', measured: grown, wanted: { most: 50 } },
    {
      name: 'until 200 paused sockets are current',
      unit: 'ms',
      measured: back,
      wanted: { most: 5000 },
    },
  ]
}
