import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, rm } from 'node:fs/promises'
import path from 'node:path'
import { readPostmasterFile } from '../../server/db/embedded/postmaster-file.ts'
import { newSigner } from '../../server/ledger/signer.ts'
import { stopPostmaster } from '../../server/db/embedded/stop-postmaster.ts'
import { runFolder } from './run-folder.ts'
import { copyDataFolder } from './test-cluster.ts'

/**
 * A DATA_DIR of its own, with an empty city in it that this run has founded once; or empty itself, for who
 * asks how one is founded, and on a disk for who measures. At the end, whatever PostgreSQL still runs in it is stopped.
 */
export async function dataFolder({ parentMode = 0o755, empty = false, onDisk = false } = {}) {
  const parent = await runFolder({ onDisk })
  await chmod(parent, parentMode)
  const dataDir = path.join(parent, 'data')
  const clusterDir = path.join(dataDir, 'postgres')
  const unused = process.env.TEST_DATA_DIR
  if (unused && !empty) await copyDataFolder(unused, dataDir)

  return {
    dataDir,
    clusterDir,
    /** The PostgreSQL that says it runs here. */
    postmaster: () => readPostmasterFile(clusterDir),
    async [Symbol.asyncDispose]() {
      const found = await readPostmasterFile(clusterDir)
      if (found) await stopPostmaster(clusterDir, found.pid, 3000)
      await rm(parent, { recursive: true, force: true })
    },
  }
}

/** The same empty city into a folder that is there. */
export const copyFounded = (dataDir: string) =>
  copyDataFolder(`${process.env.TEST_DATA_DIR}/.`, dataDir)

/** Of every server that is not told another, whatever its database. */
const LEDGER_KEY = newSigner('example.org/ledger').line

/** `server/main.ts` as a process, in a process group of its own, on a free port. */
export function serverProcess(env: Record<string, string>) {
  const { TEST_DATABASE_URL: _, DATABASE_URL: __, ...inherited } = process.env
  const child = spawn(process.execPath, ['server/main.ts'], {
    env: { ...inherited, PORT: '0', DEMO: 'off', LEDGER_KEY, ...env },
    detached: true,
  })
  const exited = once(child, 'exit').then(([code, signal]) => ({ code, signal }))
  const server = { output: '', pid: child.pid!, exited, origin, stop, signalGroup, ...disposable() }
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (server.output += text))
  }

  /** Resolves when it is ready, or rejects with what it said instead. */
  async function origin(): Promise<string> {
    for (;;) {
      const [found] = server.output.match(/http:\/\/localhost:\d+/) ?? []
      if (found) return found.replace('localhost', '127.0.0.1')
      if (child.exitCode !== null) throw new Error(server.output)
      await Promise.race([once(child.stdout, 'data'), exited])
    }
  }

  async function stop(signal: NodeJS.Signals) {
    const startedAt = performance.now()
    child.kill(signal)
    return { ...(await exited), took: performance.now() - startedAt }
  }

  /** As a terminal does on Ctrl-C. */
  async function signalGroup(signal: NodeJS.Signals) {
    process.kill(-child.pid!, signal)
    return exited
  }

  function disposable() {
    return {
      async [Symbol.asyncDispose]() {
        if (child.exitCode === null && child.signalCode === null) await stop('SIGKILL')
      },
    }
  }

  return server
}
