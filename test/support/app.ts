import { type AppOptions, createApp } from '../../server/app.ts'
import { type Config, readConfig } from '../../server/config.ts'
import type { Db } from '../../server/db/connect.ts'
import { newSigner } from '../../server/ledger/signer.ts'
import { listen } from '../../server/listen.ts'
import { createLog } from '../../server/log.ts'
import { freshDatabase } from './database.ts'

interface Preparation extends Pick<AppOptions, 'personOf' | 'taking' | 'sessions' | 'hearEnded'> {
  /** Writes what must be there before the server starts. */
  prepare?: (db: Db) => Promise<unknown>
}

/** Every test comes from one address, and every log is signed by one key. */
const unlimited = {
  requestsPerMinute: 0,
  commentsPerMinute: 0,
  socketsPerAddress: Infinity,
  viewsPerAddress: Infinity,
  ledgerKey: newSigner('example.org/ledger').line,
}

/**
 * A whole server on a free port, over a private database. The demonstration is off unless asked for,
 * and so are the limits of an address.
 */
export async function runningApp({
  prepare,
  personOf,
  taking,
  sessions,
  hearEnded,
  ...overrides
}: Partial<Config> & Preparation = {}) {
  const database = await freshDatabase()
  await prepare?.(database.db)
  const config = { ...readConfig({}), demo: false, ...unlimited, ...overrides }
  const log = createLog(process.env.LOG_LEVEL ?? 'silent')
  const asked = {
    ...(personOf && { personOf }),
    ...(taking && { taking }),
    ...(sessions && { sessions }),
    ...(hearEnded && { hearEnded }),
  }
  const app = createApp({ ...database, config, log, ...asked })
  const port = await listen(app.http, { port: 0, host: '127.0.0.1' })
  await app.ready
  const origin = `http://127.0.0.1:${port}`

  return {
    ...database,
    app,
    origin,
    config,
    get: (path: string, init?: RequestInit) => fetch(origin + path, init),
    /** A string is sent as it is, anything else as JSON. */
    post: (path: string, body: unknown, headers: Record<string, string> = {}) =>
      fetch(origin + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async [Symbol.asyncDispose]() {
      await app.close()
      await database[Symbol.asyncDispose]()
    },
  }
}
