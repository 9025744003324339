import { type Command, misused, readWords, runCommand } from '../command.ts'
import { personalReads } from './read-log.ts'

const USAGE = `npm run reads
npm run reads -- --before ID

  Who read which personal data of whom, the newest first: 200 of them, and with --before those before
  that number. People by the ids of their accounts, withheld comments by
  source and id. Nothing is ever taken out of this log.`

const PAGE = 200

export const readsCommand: Command = {
  usage: USAGE,
  read(args) {
    const { values, positionals } = readWords(args, { before: { type: 'string' } }, USAGE)
    const before = values.before === undefined ? undefined : Number(values.before)
    const isNumber = before === undefined || (Number.isSafeInteger(before) && before > 0)
    if (positionals.length > 0 || !isNumber) throw misused(USAGE)
    return async ({ db }) => {
      for (const { id, at, personId, what, of } of await personalReads(db, {
        before,
        limit: PAGE,
      })) {
        console.log([id, new Date(at).toISOString(), personId, what, of.join(',')].join('  '))
      }
      return 0
    }
  },
}

if (import.meta.main) await runCommand(readsCommand)
