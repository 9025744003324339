import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'vite'
import { stopSignal } from './stop-signal.ts'

/** `npm run dev`: the server, started again when its files change, and the page with hot reload. */
const server = startServer()
const vite = await createServer()
// Vite would end this process at once, before the server has stopped its database.
process.removeAllListeners('SIGTERM')
const stopped = stopSignal()
await vite.listen()
vite.printUrls()

await Promise.race([stopped, once(server, 'exit')])
await Promise.all([vite.close(), stopServer(server)])
process.exit(0)

function startServer(): ChildProcess {
  const args = ['--watch', '--watch-preserve-output', 'server/main.ts']
  return spawn(process.execPath, args, { stdio: 'inherit' })
}

async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}
