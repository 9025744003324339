import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

interface Place {
  cwd: string
  env: Record<string, string>
}

interface Command {
  child: ChildProcess
  ended: Promise<{ code: number | null; output: string }>
}

/** A command of the project, run elsewhere, with all that it writes. */
export function commandProcess(script: string, args: string[], { cwd, env }: Place): Command {
  const { DATABASE_URL: _, ...inherited } = process.env
  const child = spawn(process.execPath, [path.resolve(script), ...args], {
    cwd,
    env: { ...inherited, ...env },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const ended = once(child, 'close').then(([code]) => ({ code, output }))
  return { child, ended }
}
