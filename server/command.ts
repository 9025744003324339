import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { type Config, readConfig } from './config.ts'
import { type OpenDatabase, openDatabase } from './db/open-database.ts'
import { HttpError } from './http/errors.ts'
import { InputError } from './import/input-error.ts'
import { createLog } from './log.ts'
import { stopSignal } from './stop-signal.ts'

/** What a command does with the database, once its arguments are understood; answers its exit code. */
export type Act = (place: Place) => Promise<number>

export interface Place extends OpenDatabase {
  config: Config
  /** Resolves when the command is asked to stop. */
  stopped: () => Promise<void>
}

export interface Command {
  usage: string
  /** Understands the arguments, and looks at the files that they name, before anything is opened. */
  read: (args: string[]) => Act | Promise<Act>
}

interface Surroundings extends Pick<Place, 'stopped'> {
  env: NodeJS.ProcessEnv
}

/** Runs a command beside a server or alone, and ends the process. */
export async function runCommand(command: Command): Promise<never> {
  const { env, argv } = process
  process.exit(await obey(command, argv.slice(2), { env, stopped: stopSignal }))
}

/** Answers the exit code. What a person can put right is said in one sentence. */
export async function obey(
  { usage, read }: Command,
  args: string[],
  around: Surroundings,
): Promise<number> {
  if (args.includes('--help')) {
    console.log(usage)
    return 0
  }
  try {
    return await withDatabase(await read(args), around)
  } catch (error) {
    const isPlain = error instanceof InputError || error instanceof HttpError
    console.error(isPlain ? error.message : error)
    return 1
  }
}

async function withDatabase(act: Act, { env, stopped }: Surroundings): Promise<number> {
  const config = readConfig(env)
  const database = await openDatabase(config, { role: 'command', log: createLog('warn') })
  try {
    return await act({ ...database, config, stopped })
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
