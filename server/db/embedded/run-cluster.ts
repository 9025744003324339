import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { answers } from './ask.ts'
import { freePort } from './free-port.ts'
import { isPostmasterOf, type PostmasterFile, readPostmasterFile } from './postmaster-file.ts'
import type { Cluster } from './prepare.ts'
import { logFile, startPostmaster, type StartOptions } from './start-postmaster.ts'
import { stopPostmaster } from './stop-postmaster.ts'

export interface RunOptions extends Pick<StartOptions, 'sharedBuffers' | 'socketFolder' | 'fsync'> {
  /** The only port that will do. Without it: the port of the last time if it is free, or another. */
  port?: number | undefined
}
export type Running = PostmasterFile

const ATTEMPTS = 5
const PATIENCE = 60_000

/** Takes over the PostgreSQL that runs in this folder already, or starts it. */
export async function runCluster(cluster: Cluster, options: RunOptions = {}): Promise<Running> {
  for (let attempt = 1; ; attempt++) {
    const running = await takeOver(cluster)
    if (running) return checkPort(running, options.port)
    try {
      return await start(cluster, options)
    } catch (error) {
      // Somebody else may have started it first, or backends of a killed one are still going.
      if (attempt === ATTEMPTS) throw error
      await delay(300 * attempt)
    }
  }
}

/** Undefined when nothing runs in the folder, also if what ran there would not let us in. */
async function takeOver(cluster: Cluster): Promise<Running | undefined> {
  const found = await readPostmasterFile(cluster.clusterDir)
  if (!found) return undefined
  const alive = () => isPostmasterOf(cluster.clusterDir, found.pid)
  if (await isReady(cluster, found.port, alive)) return found
  if (await alive()) await stopPostmaster(cluster.clusterDir, found.pid)
  return undefined
}

async function start(cluster: Cluster, options: RunOptions): Promise<Running> {
  const before = await readPostmasterFile(cluster.clusterDir)
  const port = options.port ?? (await freePort(before?.port))
  const stalePid = before?.pid
  const { pid, ended } = await startPostmaster(cluster, { ...options, port, stalePid })
  let alive = true
  void ended.then(() => (alive = false))
  if (await isReady(cluster, port, async () => alive)) return { pid, port }
  if (alive) await stopPostmaster(cluster.clusterDir, pid)
  throw new Error(`The embedded PostgreSQL did not start.\n${await lastWords(cluster.dataDir)}`)
}

function checkPort(running: Running, wanted = running.port): Running {
  if (running.port === wanted) return running
  throw new Error(`PostgreSQL runs on port ${running.port} now, not on ${wanted}.`)
}

async function isReady(cluster: Cluster, port: number, isAlive: () => Promise<boolean>) {
  const deadline = Date.now() + PATIENCE
  while ((await isAlive()) && Date.now() < deadline) {
    const answer = await answers(cluster, port)
    if (answer !== 'later') return answer === 'yes'
    await delay(20)
  }
  return false
}

async function lastWords(dataDir: string): Promise<string> {
  const log = await readFile(logFile(dataDir), 'utf8')
  return log.trimEnd().split('\n').slice(-10).join('\n')
}
