import { spawn } from 'node:child_process'
import { openSync, closeSync } from 'node:fs'
import { rename, stat } from 'node:fs/promises'
import path from 'node:path'
import { asAccount } from './as-account.ts'
import type { Cluster } from './prepare.ts'

const LOG_LIMIT = 10_000_000

export interface StartOptions {
  port: number
  /** The number in a lock file that is known to be stale. */
  stalePid?: number | undefined
  sharedBuffers?: string | undefined
  /** A folder for a socket in the file system, beside the port. */
  socketFolder?: string | undefined
  /** False only where losing the cluster in a crash of the machine does no harm: in tests. */
  fsync?: boolean | undefined
}

export interface Started {
  pid: number
  /** Resolves when this PostgreSQL has ended, for whatever reason. */
  ended: Promise<void>
}

/**
 * Starts PostgreSQL in a session of its own, so that Ctrl-C reaches us alone. It outlives this
 * process if need be: whoever starts next takes it over. It listens to this machine only.
 */
export async function startPostmaster(cluster: Cluster, options: StartOptions): Promise<Started> {
  const { program, args, ...as } = await asAccount(cluster.account, {
    program: cluster.postgres,
    args: ['-D', cluster.clusterDir, ...settings(options)],
    folder: cluster.clusterDir,
  })
  const output = await openLog(cluster.dataDir)
  try {
    const child = spawn(program, args, {
      ...as,
      detached: true,
      stdio: ['ignore', output, output],
      env: environment(options.stalePid),
    })
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', reject)
    })
    child.unref()
    return { pid: child.pid!, ended }
  } finally {
    closeSync(output)
  }
}

function settings(options: StartOptions): string[] {
  const { port, sharedBuffers = '512MB', socketFolder = '', fsync } = options
  return [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${socketFolder}`,
    `shared_buffers=${sharedBuffers}`,
    'max_wal_size=4GB',
    ...(fsync === false ? ['fsync=off'] : []),
    'timezone=UTC',
    'log_timezone=UTC',
  ].flatMap((setting) => ['-c', setting])
}

/** PostgreSQL ignores a lock file that names its grandparent, and still looks for old backends. */
function environment(stalePid: number | undefined): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { PATH: process.env.PATH, LC_MESSAGES: 'C' }
  if (stalePid !== undefined) env.PG_GRANDPARENT_PID = String(stalePid)
  return env
}

export function logFile(dataDir: string): string {
  return path.join(dataDir, 'postgres.log')
}

async function openLog(dataDir: string): Promise<number> {
  const file = logFile(dataDir)
  const found = await stat(file).catch(() => undefined)
  if (found && found.size > LOG_LIMIT) await rename(file, `${file}.1`)
  return openSync(file, 'a', 0o600)
}
