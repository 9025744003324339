import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { defaultPolicy, type Policy } from '#shared/policy.ts'
import { type Act, type Command, misused, type Place, readWords, runCommand } from '../command.ts'
import type { Db } from '../db/connect.ts'
import { showProgress } from '../progress.ts'
import { alignColumns } from '../table.ts'
import { historyLines, holidayNote, localTime, scopeOf } from './describe.ts'
import { dueOf, everythingDue } from './due.ts'
import { allPolicies, countDecidedOtherwise, type KeptPolicy } from './queries.ts'
import { readFrom } from './read-from.ts'
import { readPolicy } from './read-policy.ts'
import { rewriteTickets } from './rewrite.ts'
import { setPolicy } from './set.ts'

const USAGE = `npm run policy -- show
npm run policy -- set FILE.json [--from DATE]
npm run policy -- history
npm run policy -- rewrite

  show     writes the newest policy as JSON; its version goes to standard error
  set      makes FILE.json the policy, as a new version that running servers take up at once
  history  all versions: from when each holds, who set it, what it changed
  rewrite  decides again about every stored ticket that was decided by another version than the one that
           holds for it, and goes on with a rewrite that was interrupted

What a policy decides about a ticket (respondBy, dueAt, satisfied: from respondWithin, dueWithin,
satisfiedFrom and workingCalendar) is decided by the version that holds when the ticket is RECEIVED, however
late it is told or told again. Without --from a version holds from now on and no ticket that was
received before is touched; a city's first version holds from the beginning. With --from in the past,
the tickets received since are rewritten: what they said before stays in their history, and the journal
shows the change. With --from in the future it decides about tickets received from then on.
Everything else (place, timeZone of the pages, opened, minN) has no date: the newest version holds at
once, for all numbers.

  --from   a date in the policy's time zone (2026-01-01), an instant (2026-01-01T12:00:00+08:00), or
           beginning

To change it: npm run --silent policy -- show > policy.json, edit, npm run policy -- set policy.json`

const INTERRUPTED = 130

export const policyCommand: Command = {
  usage: USAGE,
  read(args) {
    const { values, positionals } = readWords(args, { from: { type: 'string' } }, USAGE)
    const [action, file, ...more] = positionals
    if (action === 'set' && file !== undefined && more.length === 0) return set(file, values.from)
    if (file !== undefined || values.from !== undefined) throw misused(USAGE)
    if (action === 'show') return show()
    if (action === 'history') return history()
    if (action === 'rewrite') return rewriteAll()
    throw misused(USAGE)
  },
}

function show(): Act {
  return async ({ db }) => {
    const newest = (await allPolicies(db)).at(-1)
    const policy = newest?.policy ?? defaultPolicy
    console.error(newest ? describe(newest) : 'No policy is set: this is the default.')
    note(policy)
    console.log(JSON.stringify(policy, null, 2))
    return 0
  }
}

function describe({ version, setAt, setBy, policy }: KeptPolicy): string {
  return `Version ${version}, set ${localTime(setAt, policy.timeZone)} by ${setBy}.`
}

function note(policy: Policy): void {
  const holidays = holidayNote(policy)
  if (holidays) console.error(holidays)
}

function set(file: string, from: string | undefined): Act {
  return async ({ db, config, stopped }) => {
    const policy = await policyIn(file)
    const holdsFrom = from === undefined ? undefined : readFrom(from, policy.timeZone)
    const { version, changed, isNew } = await setPolicy(db, policy, {
      from: holdsFrom,
      clock: config.clock,
    })
    const what = changed.length > 0 ? changed.join(', ') : isNew ? 'only its date' : 'nothing'
    console.log(`Policy version ${version} holds. It changes ${what}.`)
    const versions = await allPolicies(db)
    if (isNew)
      console.log(
        scopeOf(
          versions.find((one) => one.version === version)!,
          versions,
        ),
      )
    note(policy)
    return rewrite(db, { look: dueOf, stopped })
  }
}

/** Says all that is wrong with a file, not only the first. */
async function policyIn(file: string): Promise<Policy> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw misused(`${file} cannot be read: ${error.message}`)
  })
  const beside = (name: string) => readFile(path.resolve(path.dirname(file), name), 'utf8')
  const { policy, faults } = await readPolicy(parseJson(text, file), beside)
  if (policy) return policy
  const lines = faults.map(({ path, error }) => `  ${path}: ${error}`)
  throw misused([`${file} is no policy:`, ...lines].join('\n'))
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw misused(`${file} is not JSON: ${(error as Error).message}`)
  }
}

function history(): Act {
  return async ({ db }) => {
    for (const line of alignColumns(historyLines(await allPolicies(db)))) console.log(line)
    return 0
  }
}

function rewriteAll(): Act {
  return ({ db, stopped }) => rewrite(db, { look: everythingDue, stopped })
}

interface Rewriting extends Pick<Place, 'stopped'> {
  look: typeof dueOf
}

/** Rewrites under a progress bar, until it is done or the command is stopped. */
async function rewrite(db: Db, { look, stopped }: Rewriting): Promise<number> {
  const due = look(await allPolicies(db))
  const total = due ? await countDecidedOtherwise(db, due) : 0
  if (total > 0) console.log(`Stored tickets that another version decided about: ${total}.`)
  const stop = new AbortController()
  void stopped().then(() => stop.abort())
  const progress = showProgress('Rewriting')
  const onPage = (done: number) =>
    progress.show(Math.min(1, done / total), () => `${done} of ${total} tickets`)
  const done = await rewriteTickets(db, { dueOf: look, stop: stop.signal, onPage })
  progress.end()
  console.log(`Tickets rewritten: ${done}.`)
  if (!stop.signal.aborted) return 0
  console.log(
    `It was stopped. What is left is done by npm run policy -- rewrite, or when a server starts.`,
  )
  return INTERRUPTED
}

if (import.meta.main) await runCommand(policyCommand)
