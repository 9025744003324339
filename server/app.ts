import { createServer, type Server } from 'node:http'
import express from 'express'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { Connections } from './db/connect.ts'
import { sendError } from './http/errors.ts'

export interface App {
  http: Server
  close(): Promise<void>
}

export interface AppOptions extends Connections {
  config: Config
  log: Logger
}

/** Wires everything together. The caller decides where to listen. */
export async function createApp({ sql, log }: AppOptions): Promise<App> {
  const web = express().disable('x-powered-by')
  web.get('/livez', (_req, res) => void res.json({ status: 'ok' }))
  web.get('/readyz', async (_req, res) => {
    const isReady = await Promise.race([
      sql`select`.then(
        () => true,
        () => false,
      ),
      new Promise((resolve) => setTimeout(resolve, 1000, false)),
    ])
    if (isReady) res.json({ status: 'ready' })
    else res.status(503).json({ error: 'The database does not answer.' })
  })
  web.use(sendError(log))
  const http = createServer(web)

  return {
    http,
    async close() {
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}
