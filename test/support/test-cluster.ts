import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { databaseUrl } from '../../server/db/embedded/ask.ts'
import { readPostmasterFile } from '../../server/db/embedded/postmaster-file.ts'
import { type Cluster, prepareCluster } from '../../server/db/embedded/prepare.ts'
import { runCluster } from '../../server/db/embedded/run-cluster.ts'
import { stopPostmaster } from '../../server/db/embedded/stop-postmaster.ts'

const PREFIX = 'clerestory-test-'

export interface TestCluster {
  url: string
  /** A data folder whose cluster was set up and never started, for others to copy. */
  unused: string
  stop(): Promise<void>
}

/** A PostgreSQL of this run's own. It does not wait for the disk, so a crash would ruin it. */
export async function startTestCluster(): Promise<TestCluster> {
  await removeAbandoned()
  const cluster = await prepareCluster(
    await mkdtemp(path.join(tmpdir(), `${PREFIX}${process.pid}-`)),
  )
  const unused = `${cluster.dataDir}-unused`
  await copyDataFolder(cluster.dataDir, unused)
  const { port } = await runCluster(cluster, { sharedBuffers: '128MB', fsync: false })

  async function stop() {
    await removeCluster(cluster)
    await rm(unused, { recursive: true, force: true })
  }

  return { url: databaseUrl(cluster, port, 'postgres'), unused, stop }
}

/** With the rights and owners of its files, which PostgreSQL insists on. */
export async function copyDataFolder(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-a', from, to])
}

/** What runs that were killed have left behind. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(PREFIX) || isAlive(Number(name.split('-')[2]))) continue
    const folder = path.join(tmpdir(), name)
    await stopWhatRuns(path.join(folder, 'postgres'))
    await stopWhatRuns(path.join(folder, 'data/postgres'))
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function removeCluster({ dataDir, clusterDir }: Cluster): Promise<void> {
  await stopWhatRuns(clusterDir)
  await rm(dataDir, { recursive: true, force: true })
}

async function stopWhatRuns(clusterDir: string): Promise<void> {
  const found = await readPostmasterFile(clusterDir)
  if (found) await stopPostmaster(clusterDir, found.pid, 3000)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
