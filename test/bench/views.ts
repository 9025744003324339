import type { Figure } from './figure.ts'
import { manyViews } from './many-views.ts'
import { processorTime } from './processor.ts'
import type { Setting } from './setting.ts'
import { sendSteadily } from './traffic.ts'
import { startWatchers } from './watchers.ts'

const VIEWS = 200
/** Of one socket. */
const EACH = 20
const EVENTS_A_SECOND = 1000
const AT_ONCE = 50

/** What it costs to keep 200 different views patched: with them, less without them. */
export async function benchViews(setting: Setting): Promise<Figure[]> {
  await using server = await setting.stage.startServer()
  await using watchers = startWatchers()
  // Code is compiled as it runs: that is not what views cost.
  await busyShare(setting, server, 5)
  const without = await busyShare(setting, server)
  const views = manyViews(VIEWS)
  const sockets = Array.from({ length: VIEWS / EACH }, (_, at) =>
    views.slice(at * EACH, (at + 1) * EACH),
  )
  await watchers.watch(server.origin, sockets)
  await busyShare(setting, server, 5)
  watchers.forget()
  const withViews = await busyShare(setting, server)
  const { arrivals, bytes } = await watchers.seen()
  const patches = arrivals.reduce((sum, got) => sum + got.length / 2, 0)
  return [
    {
      name: `keeping ${VIEWS} views patched at 1,000 events/s`,
      unit: '% of a core',
      measured: withViews - without,
      wanted: { most: 10 },
    },
    { name: 'the server without views', unit: '% of a core', measured: without },
    {
      name: 'patches a second to a socket',
      unit: 'patches/s',
      measured: patches / sockets.length / setting.seconds,
    },
    { name: `size of a patch of ${EACH} views`, unit: 'bytes', measured: bytes / patches },
  ]
}

/** How much of a core the server uses while events come. */
async function busyShare(
  { stage, stop, ...setting }: Setting,
  { origin, pid }: { origin: string; pid: number },
  seconds = setting.seconds,
): Promise<number> {
  const before = (await processorTime(pid)) ?? NaN
  const startedAt = performance.now()
  const rate = { origin, eventsASecond: EVENTS_A_SECOND, atOnce: AT_ONCE, seconds, stop }
  await sendSteadily(stage, rate)
  const used = ((await processorTime(pid)) ?? NaN) - before
  return (used / (performance.now() - startedAt)) * 100
}
