import { execFile } from 'node:child_process'
import { appendFile, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import postgres from 'postgres'
import { databaseUrl } from '../../server/db/embedded/ask.ts'
import { readPostmasterFile } from '../../server/db/embedded/postmaster-file.ts'
import { type Cluster, prepareCluster } from '../../server/db/embedded/prepare.ts'
import { runCluster } from '../../server/db/embedded/run-cluster.ts'
import { openDatabase } from '../../server/db/open-database.ts'
import { createLog } from '../../server/log.ts'
import { stopPostmaster } from '../../server/db/embedded/stop-postmaster.ts'
import { places, PREFIX, runFolder } from './run-folder.ts'
import { unmountBelow } from './small-disk.ts'

export interface TestCluster {
  url: string
  /** A data folder with an empty city, in which nothing runs, for others to copy. */
  unused: string
  /** The database of that city, for others to copy. */
  template: string
  stop(): Promise<void>
}

/** A PostgreSQL of this run's own. It does not wait for the disk, so a crash would ruin it. */
export async function startTestCluster(): Promise<TestCluster> {
  await removeAbandoned()
  const dataDir = await runFolder()
  await foundCity(dataDir)
  const unused = `${dataDir}-unused`
  await copyDataFolder(dataDir, unused)
  // The kill of a process loses nothing that the system was given; only a recovery would wait for the disk.
  await appendFile(path.join(unused, 'postgres/postgresql.conf'), 'fsync = off\n')
  const cluster = await prepareCluster(dataDir)
  await appendFile(path.join(cluster.clusterDir, 'postgresql.conf'), FOR_MANY)
  const { port } = await runCluster(cluster, { ...WITHOUT_DISK, socketFolder: cluster.clusterDir })
  const url = databaseUrl(cluster, port, 'postgres')
  await hashQuickly(url)
  const template = 'clerestory'
  await connectOnce(databaseUrl(cluster, port, template))

  async function stop() {
    await removeCluster(cluster)
    await rm(unused, { recursive: true, force: true })
  }

  return { url: bySocket(url, cluster.clusterDir), unused, template, stop }
}

/** Several files of tests at once, each with servers of its own. */
const FOR_MANY = 'max_connections = 300\nfull_page_writes = off\n'
const WITHOUT_DISK = { sharedBuffers: '128MB', fsync: false }

/** The longest path of a socket that every system takes. */
const LONGEST_PATH = 100

/** Every message over it costs half of what one over a port does, for both sides. */
function bySocket(url: string, folder: string): string {
  if (folder.length + '/.s.PGSQL.65535'.length > LONGEST_PATH) return url
  const place = new URL(url)
  place.searchParams.set('host', folder)
  return place.href
}

/** Who connects proves to know the password, as ever, but by one round of hashing instead of 4,096: thousands connect. */
async function hashQuickly(url: string): Promise<void> {
  const { username, password } = new URL(url)
  const sql = postgres(url, { max: 1 })
  await sql`set scram_iterations = 1`
  await sql.unsafe(`alter role ${username} password '${password}'`)
  await sql.end()
}

/** Who connects first to a database writes down what all others then only read: copies come with it. */
async function connectOnce(url: string): Promise<void> {
  const sql = postgres(url, { max: 1 })
  await sql`select`
  await sql.end()
}

/** As the first start of a server leaves it. */
async function foundCity(dataDir: string): Promise<void> {
  const log = createLog('silent')
  const config = { databaseUrl: undefined, dataDir }
  const database = await openDatabase(config, { role: 'command', log, ...WITHOUT_DISK })
  await database.close()
}

/** With the rights and owners of its files, which PostgreSQL insists on. */
export async function copyDataFolder(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-a', from, to])
}

/** What runs that were killed have left behind. */
async function removeAbandoned(): Promise<void> {
  const names = await Promise.all(places.map(async (place) => namesIn(place, await readdir(place))))
  for (const folder of names.flat()) {
    if (isAlive(Number(path.basename(folder).split('-')[2]))) continue
    await stopWhatRuns(path.join(folder, 'postgres'))
    await stopWhatRuns(path.join(folder, 'data/postgres'))
    await unmountBelow(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

const namesIn = (place: string, names: readonly string[]): string[] =>
  names.filter((name) => name.startsWith(PREFIX)).map((name) => path.join(place, name))

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
