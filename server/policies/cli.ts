import { readFile } from 'node:fs/promises'
import { Policy } from '#shared/policy.ts'
import { type Act, misused, readWords, runCommand } from '../command.ts'
import { currentPolicy } from './queries.ts'
import { setPolicy } from './set.ts'

const USAGE = `npm run policy -- show
npm run policy -- set FILE.json

  show  writes the policy that holds as JSON; its version goes to standard error
  set   makes FILE.json the policy, as a new version. Running servers take it up at once; what
        earlier versions decided about a ticket (respondBy, dueAt, satisfied) stays with the ticket

To change it: npm run --silent policy -- show > policy.json, edit, npm run policy -- set policy.json`

await runCommand(USAGE, (args) => {
  const [action, file, ...more] = readWords(args, {}, USAGE).positionals
  if (action === 'show' && file === undefined) return show()
  if (action === 'set' && file !== undefined && more.length === 0) return set(file)
  throw misused(USAGE)
})

function show(): Act {
  return async ({ db }) => {
    const { version, policy } = await currentPolicy(db)
    console.error(version === 0 ? 'No policy is set: this is the default.' : `Version ${version}`)
    console.log(JSON.stringify(policy, null, 2))
    return 0
  }
}

function set(file: string): Act {
  return async ({ db }) => {
    const { version, changed } = await setPolicy(db, await readPolicy(file))
    const what = changed.length > 0 ? `It changes ${changed.join(', ')}.` : 'It changes nothing.'
    console.log(`Policy version ${version} holds. ${what}`)
    return 0
  }
}

/** Says all that is wrong with a file, not only the first. */
async function readPolicy(file: string): Promise<Policy> {
  const text = await readFile(file, 'utf8').catch((error: Error) => {
    throw misused(`${file} cannot be read: ${error.message}`)
  })
  const result = Policy.safeParse(parseJson(text, file))
  if (result.success) return result.data
  const faults = result.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`)
  throw misused([`${file} is no policy:`, ...faults].join('\n'))
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw misused(`${file} is not JSON: ${(error as Error).message}`)
  }
}
