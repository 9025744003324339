import { type Command, misused, readWords, runCommand } from '../command.ts'
import { allAccountEvents } from './queries.ts'

const USAGE = `npm run sign-ins
npm run sign-ins -- --before ID

  Who signed in by which way, was refused, or is signed in no longer, the newest first: 200 of them, and
  with --before those before that number. People by the ids of their accounts; - is nobody whom we know.
  Nothing is ever taken out of this log.`

const PAGE = 200

export const signInsCommand: Command = {
  usage: USAGE,
  read(args) {
    const { values, positionals } = readWords(args, { before: { type: 'string' } }, USAGE)
    const before = values.before === undefined ? undefined : Number(values.before)
    const isNumber = before === undefined || (Number.isSafeInteger(before) && before > 0)
    if (positionals.length > 0 || !isNumber) throw misused(USAGE)
    return async ({ db }) => {
      for (const { id, at, ...event } of await allAccountEvents(db, { before, limit: PAGE })) {
        const { personId, kind, way, why, route, device, sessionId } = event
        const told = [personId, kind, way, why, route, device, sessionId].map((one) => one ?? '-')
        console.log([id, new Date(at).toISOString(), ...told].join('  '))
      }
      return 0
    }
  },
}

if (import.meta.main) await runCommand(signInsCommand)
