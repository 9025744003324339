import { randomBytes, randomUUID } from 'node:crypto'
import { chmod, chown, link, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Account, findAccount } from './account.ts'
import { findBinaries } from './binaries.ts'
import { initCluster } from './init-cluster.ts'

/** All that is needed to start the cluster of a data folder, and to log in to it. */
export interface Cluster {
  dataDir: string
  /** The cluster proper, `dataDir`/postgres. */
  clusterDir: string
  password: string
  /** The `postgres` program. */
  postgres: string
  account: Account | undefined
}

/** Makes whatever is missing. Several processes may do this at once and get the same cluster. */
export async function prepareCluster(dataDir: string): Promise<Cluster> {
  const clusterDir = path.join(dataDir, 'postgres')
  const binaries = await findBinaries()
  const account = await findAccount(clusterDir)
  await refuseForeign(dataDir)
  await refuseForeign(clusterDir)
  await makeDataDir(dataDir, account)
  const passwordFile = await keepPassword(dataDir, account)
  await initCluster({ clusterDir, passwordFile, initdb: binaries.initdb, account })
  const password = await readFile(passwordFile, 'utf8')
  return { dataDir, clusterDir, password, postgres: binaries.postgres, account }
}

/** An existing folder with something in it keeps its rights: either we set them, or it is not ours. */
async function makeDataDir(dataDir: string, account: Account | undefined): Promise<void> {
  await mkdir(dataDir, { recursive: true })
  if ((await readdir(dataDir)).length > 0) return
  await chmod(dataDir, 0o700)
  if (account) await chown(dataDir, account.uid, account.gid)
}

async function refuseForeign(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined)
  const us = process.getuid?.() ?? 0
  if (!found || us === 0 || found.uid === us) return
  throw new Error(
    `${folder} belongs to another user (uid ${found.uid}). Start Clerestory as that user or as root, or set DATA_DIR.`,
  )
}

/** Written to the side and linked, so that nobody ever reads half a password. */
async function keepPassword(dataDir: string, account: Account | undefined): Promise<string> {
  const file = path.join(dataDir, 'postgres-password')
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, randomBytes(32).toString('hex'), { mode: 0o600 })
  if (account) await chown(draft, account.uid, account.gid)
  await link(draft, file).catch((error) => {
    if (error.code !== 'EEXIST') throw error
  })
  await rm(draft)
  return file
}
