import type { Server } from 'node:http'
import express, { type Express, type RequestHandler } from 'express'
import type { Logger } from 'pino'
import type { PersonOf } from './acts/asker.ts'
import type { Config } from './config.ts'
import type { Connections } from './db/connect.ts'
import { type EngineRoom, openEngineRoom } from './engine-room.ts'
import type { Taking } from './flags/act-routes.ts'
import { healthRoutes } from './health/routes.ts'
import { addressReader } from './http/address.ts'
import { HttpError, sendError } from './http/errors.ts'
import { pageFiles } from './http/page.ts'
import { rateLimit } from './http/rate-limit.ts'
import { serverOf } from './http/refuse-malformed.ts'
import { requestId } from './http/request-id.ts'
import { requestLog } from './http/request-log.ts'
import { securityHeaders } from './http/security.ts'
import { openMeters } from './metrics/meters.ts'
import { metricsRoute } from './metrics/metrics.ts'
import type { HearEnded, Sessions } from './records/sessions.ts'

export interface App {
  http: Server
  /** What answers: its router holds every route that there is. */
  web: Express
  /** Resolves when the cube is loaded; rejects when it cannot be. */
  ready: Promise<void>
  /** How much of the demonstration city's past is told, from 0 to 1; undefined when it is not played. */
  readonly founded: number | undefined
  /** Of the link that makes the first account, once ready; undefined when somebody has one. */
  readonly firstToken: string | undefined
  close(): Promise<void>
}

export interface AppOptions extends Connections {
  /** Of the same database: some parts need connections of their own. */
  url: string
  config: Config
  log: Logger
  /** Who asks; without it, who is signed in. */
  personOf?: PersonOf
  /** What flags take with them; without it, what the evidence desk and the attachments keep. */
  taking?: Taking
  /** Whose sockets there are, and whose end; without them, as accounts and appointments know. */
  sessions?: Sessions
  hearEnded?: HearEnded
}

/** A connection on which nothing moves for so long is closed. */
const IDLE = 60_000
/** Seconds within which a sixth of a minute's requests may come. */
const BURST = 5

const PAGE = new URL('../dist/web', import.meta.url).pathname

/** Wires everything together. The caller decides where to listen; until `ready` it answers 503. */
export function createApp(options: AppOptions): App {
  const { config, log } = options
  const meters = openMeters()
  const addressOf = addressReader(config.trustProxy)
  // What is answered changes too often for an ETag to be worth its digest; files have their own.
  const web = express().disable('x-powered-by').disable('etag').use(requestId)
  web.use(
    requestLog({ log, onAnswer: meters.answered }),
    securityHeaders(config.accounts.publicUrl),
  )
  const http = serverOf(web)
  // A body may take as long as it needs, as long as something comes.
  http.requestTimeout = 0
  http.timeout = IDLE
  let room: EngineRoom | undefined
  const stopping = new AbortController()
  let founded: number | undefined
  const onFounding = (told: number) => void (founded = told)
  const parts = { ...options, meters, addressOf, onFounding }
  const ready = openEngineRoom(http, parts, stopping.signal).then((opened) => {
    room = opened
    meters.add(opened.readings)
    web.get('/metrics', metricsRoute(meters.registries, config.metricsToken))
    const few = fewRequests()
    web.use('/api/v1', opened.intake, few, opened.api)
    web.use('/feed.atom', few).use(opened.feed)
    web.use(opened.forms(few))
    web.use('/files', few, opened.files)
    // Who checks the whole log asks for thousands of tiles, which cost next to nothing.
    web.use('/ledger', fewRequests(20), opened.ledger.routes)
    mountPage()
  })

  web.use(
    healthRoutes(
      () => room,
      () => reasonOf(founded),
    ),
  )
  web.use((_req, _res, next) => {
    if (room) return next()
    const why = 'The city is being read in. Ask again in a second.'
    next(new HttpError(503, why, { retryAfter: 1 }))
  })
  web.use(sendError(log))

  /** Of each address; intake has limits of its own, and files of the page cost next to nothing. */
  function fewRequests(times = 1): RequestHandler {
    const most = config.requestsPerMinute * times
    const requests = rateLimit({
      windows: [
        { points: most, seconds: 60 },
        { points: Math.ceil(most / 6), seconds: BURST },
      ],
      of: 'requests from this address',
      onRefused: () => meters.refused('address'),
    })
    return async (req, _res, next) => {
      await requests.spend(addressOf(req))
      next()
    }
  }

  function mountPage(): void {
    web.use(pageFiles(PAGE))
    web.use((_req, _res, next) => next(new HttpError(404, 'There is nothing at this address.')))
    web.use(sendError(log))
  }

  return {
    http,
    web,
    ready,
    get founded() {
      return founded
    },
    get firstToken() {
      return room?.accounts.firstToken
    },
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

/** Why there is no engine room yet. */
function reasonOf(founded: number | undefined): string {
  if (founded === undefined || founded === 1) return 'The cube is being loaded.'
  return `The demonstration city is being founded: ${Math.floor(100 * founded)} %`
}
