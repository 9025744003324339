import type { Logger } from 'pino'
import { databaseUrl } from './ask.ts'
import { createDatabase } from './create-database.ts'
import { type JoinOptions, joinCluster } from './join-cluster.ts'
import { prepareCluster } from './prepare.ts'
import { stopPostmaster } from './stop-postmaster.ts'
import { supervise } from './supervise.ts'

export interface Embedded {
  url: string
  /** Stops PostgreSQL, unless somebody else still uses it. */
  close(): Promise<void>
}

export interface EmbeddedOptions extends JoinOptions {
  dataDir: string
  log: Logger
}

const STOP_WITHIN = 1500

/** For a server, PostgreSQL is brought back when it dies; for a command that is an error like any other. */
export async function openEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { dataDir, role, log } = options
  const cluster = await prepareCluster(dataDir)
  const first = await joinCluster(cluster, options)
  const { port } = first.running
  const join = () => joinCluster(cluster, { ...options, port })
  const supervision = role === 'server' ? supervise(first, { join, dataDir, log }) : undefined
  await createDatabase(databaseUrl(cluster, port, 'postgres'))

  return {
    url: databaseUrl(cluster, port),
    async close() {
      const { running, hold } = (await supervision?.end()) ?? first
      const isLast = await hold.isLast().catch(() => false)
      if (isLast) await stopPostmaster(cluster.clusterDir, running.pid, STOP_WITHIN)
      await hold.release()
    },
  }
}
