import { format } from 'node:util'
import { vi } from 'vitest'
import { type Command, obey } from '../../server/command.ts'

/**
 * A command of the project in this process, over the database of `url`, with all that it writes. One at a time: what
 * is written to the console meanwhile is taken for its own.
 */
export function commandOn(url: string, command: Command) {
  return async (...args: string[]): Promise<{ code: number; output: string }> => {
    let output = ''
    const hear = (...said: unknown[]) => void (output += `${format(...said)}\n`)
    using _ = vi.spyOn(console, 'log').mockImplementation(hear)
    using __ = vi.spyOn(console, 'error').mockImplementation(hear)
    const code = await obey(command, args, { env: { DATABASE_URL: url }, stopped: never })
    return { code, output }
  }
}

const never = () => new Promise<void>(() => {})
