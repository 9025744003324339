import { type Act, type Command, runCommand } from '../command.ts'
import type { Db } from '../db/connect.ts'
import { currentPolicy } from '../policies/queries.ts'
import { readArguments, USAGE } from './arguments.ts'
import { findMapping } from './find-mapping.ts'
import { checkFiles, importFiles, type ImportJob } from './import-files.ts'

const INTERRUPTED = 130

export const importCommand: Command = {
  usage: USAGE,
  async read(args) {
    const { files, mapping: name, rejects } = readArguments(args)
    const mapping = await findMapping(name)
    await checkFiles(files, mapping)
    return importing({ files, mapping, rejects })
  },
}

function importing(job: Pick<ImportJob, 'files' | 'mapping' | 'rejects'>): Act {
  return async ({ db, stopped }) => {
    const stop = new AbortController()
    void stopped().then(() => stop.abort())
    await warnOfInvented(db)
    await importFiles({ ...job, db, stop: stop.signal, print: console.log })
    return stop.signal.aborted ? INTERRUPTED : 0
  }
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

if (import.meta.main) await runCommand(importCommand)
