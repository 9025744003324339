import { readConfig } from '../config.ts'
import { openDatabase } from '../db/open-database.ts'
import { createLog } from '../log.ts'
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
    await importFiles({ ...database, files, mapping, rejects, stop, print: console.log })
  } finally {
    await database.close()
  }
  return stop.aborted ? INTERRUPTED : 0
}

const stop = new AbortController()
void stopSignal().then(() => stop.abort())

try {
  process.exit(await run(process.argv.slice(2), stop.signal))
} catch (error) {
  console.error(error instanceof InputError ? error.message : error)
  process.exit(1)
}
