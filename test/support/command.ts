import { format } from 'node:util'
import { vi } from 'vitest'
import { type Command, obey } from '../../server/command.ts'

/** A command of the project in this process, over the database of `url`, with all that it writes. */
export const commandOn =
  (url: string, command: Command) =>
  (...args: string[]) =>
    overheard(() => obey(command, args, { env: { DATABASE_URL: url }, stopped: never }))

/**
 * The exit code of what runs as a command does, with all that it writes. One at a time: what is written to the
 * console meanwhile is taken for its own.
 */
export async function overheard(run: () => Promise<number>): Promise<Heard> {
  let output = ''
  const hear = (...said: unknown[]) => void (output += `${format(...said)}\n`)
  using _ = vi.spyOn(console, 'log').mockImplementation(hear)
  using __ = vi.spyOn(console, 'warn').mockImplementation(hear)
  using ___ = vi.spyOn(console, 'error').mockImplementation(hear)
  const code = await run()
  return { code, output }
}

interface Heard {
  code: number
  output: string
}

const never = () => new Promise<void>(() => {})
