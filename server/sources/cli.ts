import { z } from 'zod'
import { type Act, type Command, misused, readWords, runCommand } from '../command.ts'
import { parse } from '../http/parse.ts'
import { alignColumns } from '../table.ts'
import { listSources } from './list.ts'
import { allSources, databaseNow } from './queries.ts'
import { addSource, disable, enable, rotateKey } from './sources.ts'

const USAGE = `npm run source -- add NAME --kind KIND [--silent-after SECONDS]
npm run source -- list
npm run source -- disable NAME
npm run source -- enable NAME
npm run source -- rotate NAME

  add      adds a source, and shows the key it sends its events with: once, it is stored only hashed
  list     when each source was last heard, the newest time it told, and whether it is silent
  disable  refuses its key within seconds; what it told stays, and enable undoes it
  rotate   gives it a new key; the old one is refused within seconds

  --kind          what it is, in one word: hotline, web, app, open311; a file is never silent
  --silent-after  seconds without a word after which it counts as silent (900)`

const NewSource = z.strictObject({
  name: z.string().regex(/^\S(.{0,98}\S)?$/u, 'The name is 1 to 100 characters in one line.'),
  kind: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, '--kind is one word in small letters.'),
  silentAfter: z.coerce
    .number('--silent-after is a number of seconds.')
    .int('--silent-after is a whole number of seconds.')
    .min(1, '--silent-after is at least a second.')
    .max(100 * 86_400, '--silent-after is at most 100 days.')
    .optional(),
})

const options = { kind: { type: 'string' }, 'silent-after': { type: 'string' } } as const

export const sourceCommand: Command = {
  usage: USAGE,
  read(args) {
    const { values, positionals } = readWords(args, options, USAGE)
    const [action, name, ...more] = positionals
    const isAdding = action === 'add'
    if (more.length > 0 || (!isAdding && Object.keys(values).length > 0)) throw misused(USAGE)
    if (action === 'list' && name === undefined) return list()
    if (name === undefined) throw misused(USAGE)
    if (isAdding) return add({ name, kind: values.kind, silentAfter: values['silent-after'] })
    if (action === 'disable') return disabling(name)
    if (action === 'enable') return enabling(name)
    if (action === 'rotate') return rotate(name)
    throw misused(USAGE)
  },
}

function add(asked: Record<string, string | undefined>): Act {
  if (asked.kind === undefined) throw misused(`add needs --kind.\n\n${USAGE}`)
  const { silentAfter, ...source } = parse(NewSource, asked)
  return async ({ db }) => {
    const { key } = await addSource(db, { ...source, ...(silentAfter && { silentAfter }) })
    console.log(`The source ${source.name} is added.`)
    showKey(key, source.name)
    return 0
  }
}

function list(): Act {
  return async ({ db }) => {
    const lines = listSources(await allSources(db), await databaseNow(db))
    for (const line of alignColumns(lines)) console.log(line)
    return 0
  }
}

function disabling(name: string): Act {
  return async ({ db }) => {
    const isNew = await disable(db, name)
    console.log(isNew ? `${name} is disabled.` : `${name} was disabled before.`)
    return 0
  }
}

function enabling(name: string): Act {
  return async ({ db }) => {
    const isNew = await enable(db, name)
    console.log(isNew ? `${name} is enabled again.` : `${name} is not disabled.`)
    return 0
  }
}

function rotate(name: string): Act {
  return async ({ db }) => {
    const key = await rotateKey(db, name)
    console.log(`${name} has a new key; the old one is refused within seconds.`)
    showKey(key, name)
    return 0
  }
}

function showKey(key: string, name: string): void {
  console.log(`
  ${key}

This is shown once: give it to the source now. It sends its events, one JSON object a line, with

  curl http://localhost:3000/api/v1/events --data-binary @events.ndjson \\
    -H 'Authorization: Bearer ${key}' -H 'Content-Type: application/x-ndjson'

A key that was lost or seen by others is replaced: npm run source -- rotate ${quoted(name)}`)
}

/** As a shell takes it for one word. */
function quoted(name: string): string {
  return /^[\w.-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`
}

if (import.meta.main) await runCommand(sourceCommand)
