import { setTimeout as delay } from 'node:timers/promises'
import { board } from './board.ts'
import type { Figure } from './figure.ts'
import { percentile } from './percentile.ts'
import type { Setting } from './setting.ts'
import { type Committed, sendSteadily } from './traffic.ts'
import type { Arrivals, Seen } from './watch.ts'
import { startWatchers } from './watchers.ts'

const EVENTS_A_SECOND = 1000
const AT_ONCE = 50
/** Time after the last event in which its patch may still come. */
const GRACE = 5000

/** From the 200 for an event to its patch at each of the sockets, at 1,000 events a second. */
export async function benchPatch({ stage, seconds, stop, sockets }: Setting): Promise<Figure[]> {
  await using server = await stage.startServer()
  await using watchers = startWatchers()
  const { origin } = server
  await watchers.watch(origin, new Array(sockets.patch).fill(board))
  watchers.forget()
  const rate = { origin, eventsASecond: EVENTS_A_SECOND, atOnce: AT_ONCE, seconds, stop }
  const committed = await sendSteadily(stage, rate)
  await delay(Math.min(GRACE, seconds * 1000))
  return figuresOf(committed, await watchers.seen(), { seconds, sockets: sockets.patch })
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
  { arrivals, bytes }: Seen,
  { seconds, sockets }: { seconds: number; sockets: number },
): Figure[] {
  const took = latencies(committed, arrivals)
  const patches = arrivals.reduce((sum, got) => sum + got.length / 2, 0)
  const silent = sockets - arrivals.filter((got) => got.length > 0).length
  const tick = { of: 'the least time between two ticks', value: 500 }
  const name = `commit to patch at ${sockets.toLocaleString('en')} sockets`
  return [
    {
      name: `${name}, p50`,
      unit: 'ms',
      measured: percentile(took, 0.5),
      wanted: { most: 400 },
      limit: tick,
    },
    {
      name: `${name}, p99`,
      unit: 'ms',
      measured: percentile(took, 0.99),
      wanted: { most: 1000 },
      limit: tick,
    },
    {
      name: 'patches that never came',
      unit: 'of them',
      measured: took.filter((one) => one === Infinity).length + silent * committed.length,
      wanted: { most: 0 },
    },
    {
      name: 'events a second meanwhile',
      unit: 'events/s',
      measured: (committed.length * AT_ONCE) / seconds,
    },
    {
      name: 'patches a second to a socket',
      unit: 'patches/s',
      measured: patches / sockets / seconds,
    },
    { name: 'size of a patch', unit: 'bytes', measured: bytes / patches },
  ]
}
