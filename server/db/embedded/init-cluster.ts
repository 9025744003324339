import { execFile } from 'node:child_process'
import { access, chown, mkdtemp, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import type { Account } from './account.ts'
import { asAccount } from './as-account.ts'

interface NewCluster {
  clusterDir: string
  passwordFile: string
  initdb: string
  account: Account | undefined
}

/** Made to the side and renamed: there is a whole cluster or none, however this was interrupted. */
export async function initCluster(cluster: NewCluster): Promise<void> {
  const { clusterDir, account } = cluster
  if (await exists(path.join(clusterDir, 'PG_VERSION'))) return
  const draft = await mkdtemp(`${clusterDir}.new-`)
  try {
    if (account) await chown(draft, account.uid, account.gid)
    await runInitdb(cluster, draft)
    await rename(draft, clusterDir).catch((error) => {
      // Another process was faster, and its cluster is as good as ours.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

async function runInitdb({ initdb, passwordFile, account }: NewCluster, folder: string) {
  const { program, args, ...as } = await asAccount(account, {
    program: initdb,
    args: [
      `--pgdata=${folder}`,
      '--username=clerestory',
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--locale=C.UTF-8',
      '--no-instructions',
    ],
    folder,
  })
  const env = { PATH: process.env.PATH }
  await promisify(execFile)(program, args, { ...as, env }).catch((error) => {
    const said = error.stderr || error.message
    throw new Error(`No PostgreSQL could be set up in ${folder}.\n${said}`, { cause: error })
  })
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
