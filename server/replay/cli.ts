import { readConfig } from '../config.ts'
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

async function run(args: readonly string[], stop: AbortSignal): Promise<number> {
  const { files, mapping: name, speed, shift, server, ...times } = readArguments(args, process.env)
  const mapping = await findMapping(name)
  const span = readSpan(times, mapping)
  await checkFiles(files, mapping)
  if (speed !== 1) await checkClock(server?.url)

  const { tickets, unreadable } = await readTickets(files, mapping)
  if (unreadable > 0) console.log(`${unreadable} rows cannot be read; import says why.`)
  const plan = shift ? planUpToNow(tickets, span, Date.now()) : planAsItWas(tickets, span)
  const options = { speed, timeZone: mapping.timeZone, stop, print: console.log }
  if (server) await replay(plan, tellServer(server), options)
  else await withIntake(mapping, (receive) => replay(plan, receive, options))
  return stop.aborted ? INTERRUPTED : 0
}

async function checkClock(url: string | undefined): Promise<void> {
  if (url !== undefined) return requireEventClock(url)
  await requireEventClockHere(readConfig(process.env).port)
}

async function withIntake(mapping: Mapping, use: (receive: Receiver) => Promise<void>) {
  const config = readConfig(process.env)
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

const stop = new AbortController()
void stopSignal().then(() => stop.abort())

try {
  process.exit(await run(process.argv.slice(2), stop.signal))
} catch (error) {
  console.error(error instanceof InputError ? error.message : error)
  process.exit(1)
}
