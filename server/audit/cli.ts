import { type Command, misused, readWords, runCommand } from '../command.ts'
import { showProgress } from '../progress.ts'
import { audit } from './audit.ts'
import { describeAudit } from './report.ts'

const USAGE = `npm run audit

  Recounts from the stored tickets what every running server answers, while it goes on: all
  measures, by every dimension, minute, hour and day, over every window. Compares every cell, and
  that the journal adds up to the tickets. Folds all acts of oversight again: that none was altered
  or taken away, and that every state is what its acts make of it. Finds the database through
  DATA_DIR or DATABASE_URL.

  Exit code 0: the numbers are exact. 1: they are not, or the audit could not be made.`

export const auditCommand: Command = {
  usage: USAGE,
  read(args) {
    if (readWords(args, {}, USAGE).positionals.length > 0) throw misused(USAGE)
    return async ({ db, sql, config }) => {
      const startedAt = performance.now()
      const found = await audit({ db, sql, clock: config.clock, print: console.log, showProgress })
      const seconds = (performance.now() - startedAt) / 1000
      for (const line of describeAudit(found, seconds)) console.log(line)
      return found.differences.length === 0 ? 0 : 1
    }
  },
}

if (import.meta.main) await runCommand(auditCommand)
