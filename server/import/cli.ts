import { readConfig } from '../config.ts'
import type { Db } from '../db/connect.ts'
import { openDatabase } from '../db/open-database.ts'
import { createLog } from '../log.ts'
import { currentPolicy } from '../policies/queries.ts'
import { stopSignal } from '../stop-signal.ts'
import { readArguments } from './arguments.ts'
import { findMapping } from './find-mapping.ts'
import { checkFiles, importFiles } from './import-files.ts'
import { InputError } from './input-error.ts'

const INTERRUPTED = 130

async function run(args: readonly string[], stop: AbortSignal): Promise<number> {
  const { files, mapping: name, rejects } = readArguments(args)
  const mapping = await findMapping(name)
  await checkFiles(files, mapping)
  const database = await openDatabase(readConfig(process.env), {
    role: 'command',
    log: createLog('warn'),
  })
  try {
    await warnOfInvented(database.db)
    await importFiles({ ...database, files, mapping, rejects, stop, print: console.log })
  } finally {
    await database.close()
  }
  return stop.aborted ? INTERRUPTED : 0
}

/** Whoever imports a real city beside the invented one should know that they are counted together. */
async function warnOfInvented(db: Db): Promise<void> {
  const { policy } = await currentPolicy(db)
  if (!policy.place.demonstration) return
  console.error(
    'This database holds the demonstration city: its invented tickets will be counted with yours. ' +
      'For a city of its own set DEMO=off and another DATA_DIR, here and for the server.',
  )
}

const stop = new AbortController()
void stopSignal().then(() => stop.abort())

try {
  process.exit(await run(process.argv.slice(2), stop.signal))
} catch (error) {
  console.error(error instanceof InputError ? error.message : error)
  process.exit(1)
}
