import { z } from 'zod'
import { type Act, type Command, misused, readWords, runCommand } from '../command.ts'
import { parse } from '../http/parse.ts'
import { alignColumns } from '../table.ts'
import { addAdminKey, disableAdmin } from './keys.ts'
import { allAdminKeys } from './queries.ts'

const USAGE = `npm run admin -- add NAME
npm run admin -- list
npm run admin -- disable NAME

  add      adds an admin key, and shows it: once, it is stored only hashed. Who holds it may read and set
           policies over HTTP, under this name
  list     the names of all keys, when each was added and disabled
  disable  refuses the key from now on, for ever: what was set with it keeps its name`

const Name = z
  .string()
  .regex(/^\S(.{0,98}\S)?$/u, 'The name is 1 to 100 characters in one line.')
  .refine((name) => name !== 'command', 'This name stands for the command line.')

export const adminCommand: Command = {
  usage: USAGE,
  read(args) {
    const [action, name, ...more] = readWords(args, {}, USAGE).positionals
    if (action === 'list' && name === undefined) return list()
    if (name === undefined || more.length > 0) throw misused(USAGE)
    if (action === 'add') return add(parse(Name, name))
    if (action === 'disable') return disable(name)
    throw misused(USAGE)
  },
}

function add(name: string): Act {
  return async ({ db }) => {
    const key = await addAdminKey(db, name)
    console.log(`The admin key ${name} is added.

  ${key}

This is shown once. With it, the policy is read and set:

  curl http://localhost:3000/api/v1/admin/policy -H 'Authorization: Bearer ${key}'`)
    return 0
  }
}

function list(): Act {
  return async ({ db }) => {
    const lines = (await allAdminKeys(db)).map(({ name, createdAt, disabledAt }) => [
      name,
      new Date(createdAt).toISOString(),
      disabledAt === null ? 'enabled' : `disabled ${new Date(disabledAt).toISOString()}`,
    ])
    for (const line of alignColumns([['NAME', 'ADDED', 'STATE'], ...lines])) console.log(line)
    return 0
  }
}

function disable(name: string): Act {
  return async ({ db }) => {
    await disableAdmin(db, name)
    console.log(`The admin key ${name} is disabled.`)
    return 0
  }
}

if (import.meta.main) await runCommand(adminCommand)
