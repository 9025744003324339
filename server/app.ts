import { createServer, type Server } from 'node:http'
import express, { type RequestHandler } from 'express'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { Connections } from './db/connect.ts'
import { type EngineRoom, openEngineRoom } from './engine-room.ts'
import { HttpError, sendError } from './http/errors.ts'
import { securityHeaders } from './http/security.ts'
import { metricsRoute } from './metrics/metrics.ts'

export interface App {
  http: Server
  /** Resolves when the cube is loaded; rejects when it cannot be. */
  ready: Promise<void>
  close(): Promise<void>
}

export interface AppOptions extends Connections {
  config: Config
  log: Logger
}

/** A connection on which nothing moves for so long is closed. */
const IDLE = 60_000

const PAGE = new URL('../dist/web', import.meta.url).pathname

/** Wires everything together. The caller decides where to listen; until `ready` it answers 503. */
export function createApp(options: AppOptions): App {
  const web = express().disable('x-powered-by').use(securityHeaders())
  const http = createServer(web)
  // A body may take as long as it needs, as long as something comes.
  http.requestTimeout = 0
  http.timeout = IDLE
  let room: EngineRoom | undefined
  const stopping = new AbortController()
  const ready = openEngineRoom(http, options, stopping.signal).then((opened) => {
    room = opened
    web.get('/metrics', metricsRoute(opened.readings))
    web.use('/api/v1', opened.api)
    mountPage()
  })

  web.get('/livez', (_req, res) => void res.json({ status: 'ok' }))
  web.get(
    '/readyz',
    readyRoute(options, () => room),
  )
  web.use((_req, res, next) => {
    if (room) return next()
    res.set('retry-after', '1')
    next(new HttpError(503, 'The city is being read in. Ask again in a second.'))
  })
  web.use(sendError(options.log))

  function mountPage(): void {
    web.use('/assets', express.static(`${PAGE}/assets`, { immutable: true, maxAge: '1y' }))
    web.use(express.static(PAGE))
    web.use((_req, _res, next) => next(new HttpError(404, 'There is nothing at this address.')))
    web.use(sendError(options.log))
  }

  return {
    http,
    ready,
    async close() {
      stopping.abort()
      http.closeAllConnections()
      await ready.catch(() => {})
      await room?.close()
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    },
  }
}

/** A cube that has not looked at the journal for so long is not ready, whatever the database answers. */
const MAX_BEHIND = 10_000

/**
 * Ready means that the cube is loaded, the database answers, and the journal is followed. `otherVersion`
 * is there when another version of the program writes to the same database: an update is half done.
 */
function readyRoute({ sql }: AppOptions, room: () => EngineRoom | undefined): RequestHandler {
  return async (_req, res) => {
    if (!room()) return void res.status(503).json({ error: 'The cube is being loaded.' })
    const isAnswered = await Promise.race([
      sql`select`.then(
        () => true,
        () => false,
      ),
      new Promise((resolve) => setTimeout(resolve, 1000, false)),
    ])
    const { engine } = room()!
    if (!isAnswered) res.status(503).json({ error: 'The database does not answer.' })
    else if (engine.now - engine.asOf > MAX_BEHIND)
      res.status(503).json({ error: 'The journal is not being followed.' })
    else res.json({ status: 'ready', seq: engine.at[0], otherVersion: engine.otherVersion })
  }
}
