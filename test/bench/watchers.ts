import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ViewSpec } from '#shared/view.ts'
import type { FromWatcher, Seen, Watching } from './watch.ts'

/** A process with many sockets. Its own processor time is none of the server's. */
export function startWatchers() {
  const child = fork(fileURLToPath(new URL('./watch.ts', import.meta.url)))

  return {
    /** Resolves when every socket has its snapshot. */
    async watch(origin: string, sockets: readonly (readonly ViewSpec[])[]): Promise<void> {
      await ask(child, { origin, sockets })
    },
    /** Counts from here. */
    forget: () => void child.send('forget'),
    /** What came since. */
    seen: async () => (await ask(child, 'tell')) as Seen,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null) return
      child.kill()
      await once(child, 'exit')
    },
  }
}

async function ask(child: ChildProcess, message: Watching | 'tell'): Promise<FromWatcher> {
  child.send(message)
  const [answer] = await Promise.race([once(child, 'message'), once(child, 'exit')])
  if (typeof answer !== 'object' || answer === null) throw new Error('The watcher has ended.')
  if ('failed' in answer) throw new Error(`The watcher failed: ${answer.failed}`)
  return answer as FromWatcher
}
