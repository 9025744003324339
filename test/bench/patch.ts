import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { setTimeout as delay } from 'node:timers/promises'
import { insertPolicy } from '../../server/policies/queries.ts'
import { defaultPolicy } from '#shared/policy.ts'
import { board } from './board.ts'
import type { Figure } from './figure.ts'
import { bodyOf } from './load.ts'
import { percentile } from './percentile.ts'
import { openPost } from './post.ts'
import type { Stage } from './stage.ts'
import type { Arrivals, FromWatcher, Watching } from './watch.ts'

const SOCKETS = 500
const EVENTS_A_SECOND = 1000
/** Events of one request. */
const AT_ONCE = 50
/** Time after the last event in which its patch may still come. */
const GRACE = 5000

interface Committed {
  seq: number
  /** When the 200 was there, in milliseconds since 1970. */
  at: number
}

/** From the 200 for an event to its patch at each of 500 sockets, at 1,000 events a second. */
export async function benchPatch(stage: Stage, seconds: number, stop: AbortSignal) {
  await insertPolicy(stage.db, { ...defaultPolicy, opened: ['agency', 'area', 'category'] })
  await using server = await stage.startServer()
  const watcher = fork(fileURLToPath(new URL('./watch.ts', import.meta.url)))
  try {
    await ask(watcher, { origin: server.origin, sockets: SOCKETS, views: board })
    const committed = await sendSteadily(openPost(server.origin, stage.key), seconds, stop)
    await delay(Math.min(GRACE, seconds * 1000))
    const seen = await ask(watcher, 'end')
    if (!('arrivals' in seen)) throw new Error('The watcher tells nothing.')
    return figuresOf(committed, seen, seconds)
  } finally {
    watcher.kill()
  }
}

async function ask(watcher: ReturnType<typeof fork>, message: Watching | 'end') {
  watcher.send(message)
  const answer = await Promise.race([once(watcher, 'message'), once(watcher, 'exit')])
  if (typeof answer[0] !== 'object') throw new Error('The watcher has ended.')
  return answer[0] as FromWatcher
}

/** Sends at the rate, whether or not earlier requests were answered. */
async function sendSteadily(
  { post, close }: ReturnType<typeof openPost>,
  seconds: number,
  stop: AbortSignal,
): Promise<Committed[]> {
  const bodies = smallBodies(seconds * EVENTS_A_SECOND)
  const committed: Promise<Committed>[] = []
  const startedAt = performance.now()
  for (const [index, body] of bodies.entries()) {
    if (stop.aborted) break
    const due = startedAt + (index * AT_ONCE * 1000) / EVENTS_A_SECOND
    await delay(Math.max(0, due - performance.now()))
    const answered = post(body).then(({ seq }) => ({ seq, at: now() }))
    answered.catch(() => {})
    committed.push(answered)
  }
  const all = await Promise.all(committed)
  close()
  return all
}

const now = (): number => performance.timeOrigin + performance.now()

/** The batches that follow on what is stored, cut small. */
function smallBodies(events: number): Buffer[] {
  const bodies: Buffer[] = []
  for (let number = 1_000_000; bodies.length * AT_ONCE < events; number++) {
    const lines = bodyOf(number, Date.now()).bytes.toString().trimEnd().split('\n')
    for (let at = 0; at < lines.length; at += AT_ONCE) {
      bodies.push(Buffer.from(lines.slice(at, at + AT_ONCE).join('\n')))
    }
  }
  return bodies.slice(0, Math.ceil(events / AT_ONCE))
}

/** For each commit and each socket, the time to the first patch that holds it. */
function latencies(committed: readonly Committed[], arrivals: readonly Arrivals[]): number[] {
  const inOrder = committed.toSorted((a, b) => a.seq - b.seq)
  return arrivals.flatMap((got) => {
    let next = 0
    return inOrder.map(({ seq, at }) => {
      while (next < got.length && got[next]! < seq) next += 2
      return next < got.length ? Math.max(0, got[next + 1]! - at) : Infinity
    })
  })
}

function figuresOf(
  committed: readonly Committed[],
  { arrivals, bytes }: { arrivals: Arrivals[]; bytes: number },
  seconds: number,
): Figure[] {
  const took = latencies(committed, arrivals)
  const patches = arrivals.reduce((sum, got) => sum + got.length / 2, 0)
  const tick = { of: 'the least time between two ticks', value: 500 }
  return [
    { name: 'commit to patch, p50', unit: 'ms', measured: percentile(took, 0.5), limit: tick },
    {
      name: 'commit to patch, p99',
      unit: 'ms',
      measured: percentile(took, 0.99),
      wanted: { most: 1000 },
      limit: tick,
    },
    {
      name: 'patches that never came',
      unit: 'of them',
      measured: took.filter((one) => one === Infinity).length,
      wanted: { most: 0 },
    },
    { name: 'events a second', unit: 'events/s', measured: (committed.length * AT_ONCE) / seconds },
    {
      name: 'patches a second to a socket',
      unit: 'patches/s',
      measured: patches / SOCKETS / seconds,
    },
    { name: 'size of a patch', unit: 'bytes', measured: bytes / patches },
  ]
}
