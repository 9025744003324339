import { access } from 'node:fs/promises'
import { type Act, type Command, misused, readWords, runCommand } from '../command.ts'
import { importPoll, type Tally } from './import-poll.ts'
import { type Kind, kinds } from './read-rows.ts'

const USAGE = `npm run poll-import -- POLL answers|statements|votes FILE [--source NAME]

  Reads a CSV file, plain or .gz, into a poll that was told before; doing it again is harmless.

  answers     person, at, one column q.QUESTION each (several choices between semicolons), and, if you
              have them, g.GROUP, channel, area, version
  statements  id, text, at, and, if you have them, language, status, reason, seed
  votes       statement, person, vote (agree, pass, disagree), at

  Columns of an export of Polis are read as they are: comments.csv as statements, votes.csv as votes.

  --source    whose answers they are (poll files)`

const options = { source: { type: 'string' } } as const
/** Rejected rows that are told one by one. */
const TOLD = 20

const command: Command = {
  usage: USAGE,
  read(args) {
    const { values, positionals } = readWords(args, options, USAGE)
    const [poll, kind, file, ...more] = positionals
    const isKind = (kinds as readonly (string | undefined)[]).includes(kind)
    if (poll === undefined || file === undefined || !isKind || more.length > 0) throw misused(USAGE)
    return importing({ poll, kind: kind as Kind, file, source: values.source ?? 'poll files' })
  },
}

await runCommand(command)

function importing(job: Parameters<typeof importPoll>[1]): Act {
  return async ({ db }) => {
    await access(job.file).catch(() => {
      throw misused(`There is no file ${job.file}.`)
    })
    const tally = await importPoll(db, job)
    for (const line of describe(tally)) console.log(line)
    return 0
  }
}

function* describe({ rejected, ...counts }: Tally): Generator<string> {
  const numbers = Object.entries(counts).map(([name, n]) => `${name} ${n.toLocaleString('en')}`)
  yield [...numbers, `rejected ${rejected.length.toLocaleString('en')}`].join(', ')
  for (const { line, path, error } of rejected.slice(0, TOLD)) {
    yield `line ${line}: ${path} ${error}`
  }
  if (rejected.length > TOLD) yield `and ${rejected.length - TOLD} more`
}
