import { type Config, readConfig } from '../config.ts'
import { openDatabase } from '../db/open-database.ts'
import { findMapping } from '../import/find-mapping.ts'
import { checkFiles } from '../import/import-files.ts'
import { InputError } from '../import/input-error.ts'
import type { Mapping } from '../import/mapping.ts'
import { openIntake } from '../intake/intake.ts'
import { createLog } from '../log.ts'
import { ensureSource } from '../sources/sources.ts'
import { stopSignal } from '../stop-signal.ts'
import { readArguments } from './arguments.ts'
import { requireEventClock, requireEventClockHere } from './check-clock.ts'
import { readTickets } from './history.ts'
import { planAsItWas, planUpToNow, readSpan } from './plan.ts'
import { type Receiver, tellIntake } from './receivers.ts'
import { replay } from './replay.ts'
import { tellServer } from './tell-server.ts'

const INTERRUPTED = 130

interface Surroundings {
  env: NodeJS.ProcessEnv
  stop: AbortSignal
}

/** Answers the exit code. What a person can put right is said in one sentence. */
export async function playHistory(args: readonly string[], around: Surroundings): Promise<number> {
  try {
    return await play(args, around)
  } catch (error) {
    console.error(error instanceof InputError ? error.message : error)
    return 1
  }
}

async function play(args: readonly string[], { env, stop }: Surroundings): Promise<number> {
  const { files, mapping: name, speed, shift, server, ...times } = readArguments(args, env)
  const config = readConfig(env)
  const mapping = await findMapping(name)
  const span = readSpan(times, mapping)
  await checkFiles(files, mapping)
  if (speed !== 1) await checkClock(server?.url, config)

  const { tickets, unreadable } = await readTickets(files, mapping)
  if (unreadable > 0) console.log(`${unreadable} rows cannot be read; import says why.`)
  const plan = shift ? planUpToNow(tickets, span, Date.now()) : planAsItWas(tickets, span)
  const options = { speed, timeZone: mapping.timeZone, stop, print: console.log }
  const tell = (receive: Receiver) => replay(plan, receive, options)
  await (server ? tell(tellServer(server)) : withIntake(config, mapping, tell))
  return stop.aborted ? INTERRUPTED : 0
}

async function checkClock(url: string | undefined, { port }: Config): Promise<void> {
  await (url === undefined ? requireEventClockHere(port) : requireEventClock(url))
}

async function withIntake(
  config: Config,
  mapping: Mapping,
  use: (receive: Receiver) => Promise<void>,
): Promise<void> {
  const database = await openDatabase(config, { role: 'command', log: createLog('warn') })
  try {
    const source = await ensureSource(database.db, mapping.source)
    const intake = await openIntake({ db: database.db })
    try {
      await use(tellIntake(intake, source.id))
    } finally {
      await intake.close()
    }
  } finally {
    await database.close()
  }
}

async function fromShell(): Promise<never> {
  const stop = new AbortController()
  void stopSignal().then(() => stop.abort())
  const { argv, env } = process
  process.exit(await playHistory(argv.slice(2), { env, stop: stop.signal }))
}

if (import.meta.main) await fromShell()
