import type { Logger } from 'pino'
import { connect, type Connections } from './connect.ts'
import { openEmbedded } from './embedded/open-embedded.ts'
import type { JoinOptions } from './embedded/join-cluster.ts'
import { migrate } from './migrate.ts'

export interface DatabaseConfig {
  /** Undefined: the embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | undefined
  dataDir: string
}

export interface OpenOptions extends JoinOptions {
  log: Logger
}

export interface OpenDatabase extends Connections {
  url: string
  /** To be called when nothing queries any more. Stops an embedded PostgreSQL if nobody else uses it. */
  close(): Promise<void>
}

/**
 * The one way to the database, for the server and for commands that run beside it or alone: what
 * `databaseUrl` names, else the embedded one, found running or started. It is migrated on return.
 */
export async function openDatabase(
  config: DatabaseConfig,
  options: OpenOptions,
): Promise<OpenDatabase> {
  const place = await findDatabase(config, options)
  const { db, sql } = connect(place.url, { name: `clerestory ${options.role}` })

  async function close() {
    await sql.end({ timeout: 1 })
    await place.close()
  }

  try {
    await migrate(db)
    return { url: place.url, db, sql, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function findDatabase({ databaseUrl, dataDir }: DatabaseConfig, options: OpenOptions) {
  if (databaseUrl === undefined) return openEmbedded({ ...options, dataDir })
  return { url: databaseUrl, close: async () => {} }
}
