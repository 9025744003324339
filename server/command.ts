import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { type Config, readConfig } from './config.ts'
import { type OpenDatabase, openDatabase } from './db/open-database.ts'
import { HttpError } from './http/errors.ts'
import { InputError } from './import/input-error.ts'
import { createLog } from './log.ts'

/** What a command does with the database, once its arguments are understood; answers its exit code. */
export type Act = (place: Place) => Promise<number>

export interface Place extends OpenDatabase {
  config: Config
}

/**
 * Runs a command beside a server or alone, and ends the process. `read` understands the arguments
 * before anything is opened. What a person can put right is said in one sentence.
 */
export async function runCommand(usage: string, read: (args: string[]) => Act): Promise<never> {
  const args = process.argv.slice(2)
  if (args.includes('--help')) {
    console.log(usage)
    process.exit(0)
  }
  try {
    process.exit(await withDatabase(read(args)))
  } catch (error) {
    const isPlain = error instanceof InputError || error instanceof HttpError
    console.error(isPlain ? error.message : error)
    process.exit(1)
  }
}

async function withDatabase(act: Act): Promise<number> {
  const config = readConfig(process.env)
  const database = await openDatabase(config, { role: 'command', log: createLog('warn') })
  try {
    return await act({ ...database, config })
  } finally {
    await database.close()
  }
}

/** Options and the words between them; throws with the usage when there is an option it does not know. */
export function readWords<T extends ParseArgsOptionsConfig>(
  args: string[],
  options: T,
  usage: string,
) {
  try {
    return parseArgs({ args, options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new InputError(`${(error as Error).message}\n\n${usage}`)
  }
}

/** For a command that was not told enough, or too much. */
export function misused(words: string): InputError {
  return new InputError(words)
}
