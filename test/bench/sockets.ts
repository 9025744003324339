import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { board } from './board.ts'
import type { Figure } from './figure.ts'
import { mostOpenFiles } from './open-files.ts'
import { processorTime } from './processor.ts'
import type { Raw } from './raw-server.ts'
import type { Setting } from './setting.ts'
import type { Stage } from './stage.ts'
import { sendSteadily } from './traffic.ts'
import { startWatchers } from './watchers.ts'

/** Enough that views of the board change at each tick. */
const EVENTS_A_SECOND = 40
const AT_ONCE = 10
const PULSE_EVERY = 1000
const MB = 2 ** 20
/** That a server opens beside sockets: connections to the database, logs, code. */
const OTHER_FILES = 200

type BenchServer = Awaited<ReturnType<Stage['startServer']>>

/** What the sockets got in the time of measuring, and what that cost the server. */
interface Cost {
  /** Milliseconds of processor. */
  used: number
  patches: number
  patchBytes: number
  pulseBytes: number
}

/** What many sockets on one board cost, beside a bare `ws` that sends frames made before. */
export async function benchSockets(setting: Setting): Promise<Figure[]> {
  const count = setting.sockets.many
  const files = (await mostOpenFiles()) ?? Infinity
  if (files < count + OTHER_FILES) {
    console.log(`Not measured: a process may open ${files} files here (see ulimit -n).`)
    return []
  }
  await using server = await setting.stage.startServer()
  const { memory, ...served } = await serveBoard(setting, server)
  const raw = await serveRaw(setting, server, served)
  const many = count.toLocaleString('en')
  const perSocket = ({ patches }: Cost) => patches / count / setting.seconds
  return [
    {
      name: `processor for a patch to one of ${many} sockets`,
      unit: 'µs',
      measured: perPatch(served),
      wanted: { most: 1.5 * perPatch(raw) },
      limit: { of: 'raw ws with frames made before', value: perPatch(raw) },
    },
    {
      name: 'patches a second to a socket',
      unit: 'patches/s',
      measured: perSocket(served),
      limit: { of: 'raw ws', value: perSocket(raw) },
    },
    { name: 'size of a patch', unit: 'bytes', measured: served.patchBytes },
    {
      name: `memory added by ${many} sockets`,
      unit: 'MB',
      measured: memory / MB,
      wanted: { most: 150 },
    },
  ]
}

/** Microseconds, with what the pulses cost. */
const perPatch = ({ used, patches }: Cost): number => (used * 1000) / patches

/** The same events for both: what else the machine does then slows both alike. */
function underTraffic({ stage, stop }: Setting, { origin }: BenchServer, seconds: number) {
  const rate = { origin, eventsASecond: EVENTS_A_SECOND, atOnce: AT_ONCE, stop }
  return () => sendSteadily(stage, { ...rate, seconds })
}

async function serveBoard(
  setting: Setting,
  server: BenchServer,
): Promise<Cost & { memory: number }> {
  const { seconds, sockets } = setting
  const settle = underTraffic(setting, server, 5)
  const run = underTraffic(setting, server, seconds)
  await using alone = startWatchers()
  await alone.watch(server.origin, [board])
  await settle()
  const idle = await costOf(server.pid, alone, run)

  const before = await server.memory()
  await using many = startWatchers()
  await many.watch(server.origin, new Array(sockets.many).fill(board))
  await settle()
  const busy = await costOf(server.pid, many, run)
  const memory = (await server.memory()) - before
  return { ...busy, used: busy.used - idle.used, memory }
}

async function serveRaw(setting: Setting, server: BenchServer, served: Cost): Promise<Cost> {
  const { sockets, seconds } = setting
  const child = fork(fileURLToPath(new URL('./raw-server.ts', import.meta.url)))
  try {
    const { origin } = (await once(child, 'message'))[0] as { origin: string }
    await using alone = startWatchers()
    await alone.watch(server.origin, [board])
    await using watchers = startWatchers()
    await watchers.watch(origin, new Array(sockets.many).fill([]))
    begin(child, served, (served.patches / sockets.many / seconds) ** -1 * 1000)
    await underTraffic(setting, server, 5)()
    return await costOf(child.pid!, watchers, underTraffic(setting, server, seconds))
  } finally {
    child.kill()
  }
}

function begin(child: ChildProcess, { patchBytes, pulseBytes }: Cost, patchEvery: number): void {
  const raw: Raw = { patchBytes, pulseBytes, patchEvery, pulseEvery: PULSE_EVERY }
  child.send(raw)
}

async function costOf(
  pid: number,
  watchers: ReturnType<typeof startWatchers>,
  run: () => Promise<unknown>,
): Promise<Cost> {
  const before = (await processorTime(pid)) ?? NaN
  watchers.forget()
  await run()
  const used = ((await processorTime(pid)) ?? NaN) - before
  const { arrivals, bytes, pulses, pulseBytes } = await watchers.seen()
  const patches = arrivals.reduce((sum, got) => sum + got.length / 2, 0)
  return { used, patches, patchBytes: bytes / patches, pulseBytes: pulseBytes / pulses }
}
