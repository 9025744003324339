import type { IncomingMessage, Server as HttpServer } from 'node:http'
import type { Logger } from 'pino'
import { Server } from 'socket.io'
import { z } from 'zod'
import type { ViewSpec } from '#shared/view.ts'
import { ViewSet } from '#shared/view-schema.ts'
import { protocol, type Refusal, type Uncompared } from '#shared/wire.ts'
import { HttpError } from '../http/errors.ts'
import { refusalOf } from '../http/refusal.ts'
import { allowance } from './allowance.ts'
import { answerAsked } from './answer-asked.ts'
import type { Engine, Tick } from './engine.ts'
import { Followers, type StreamSource } from './followers.ts'
import { frameOf } from './frame.ts'
import type { GuestLimits } from './guests.ts'
import {
  type Connection,
  isDeaf,
  isFull,
  isIdle,
  type LiveServer,
  type LiveSocket,
  send,
} from './live-socket.ts'
import { pulseOf } from './pulse.ts'
import type { Companion } from './reader.ts'
import { SocketReader } from './socket-reader.ts'
import { Seats } from './seats.ts'
import { Watchers } from './watchers.ts'

const PULSE = 1000
const MAX_MESSAGE = 64 * 1024
/** So often a page's questions are answered: each may cost a count of the whole cube. */
const CHANGES = { atOnce: 10, aSecond: 2 }
/** A connection that does not say within this time what it wants is closed. */
const CONNECT_WITHIN = 10_000
/**
 * Every socket hears a pulse each second: Engine.IO's own question is only there to find those that are gone, and
 * with its answer costs as much as three patches.
 */
const ASK_EVERY = 60_000
/** Who gets no socket is told why, and hung up on after this time. */
const FAREWELL = 3000

const Hello = z.object({
  protocol: z.literal(protocol),
  views: ViewSet,
  stream: z.unknown().optional(),
})

export interface Sockets {
  publish(tick: Tick): void
  readonly count: number
  /** Sockets that are out of their room until they have read what waits for them. */
  readonly slow: number
  close(): Promise<void>
}

interface SocketOptions {
  engine: Engine
  log: Logger
  /** Throws an HttpError for a view that this reader may not see. */
  requireAllowed: (spec: ViewSpec) => void
  stream: StreamSource
  companions?: readonly Companion[]
  /** Of comments, told with each pulse. */
  uncompared?: () => Uncompared | undefined
  addressOf: (req: IncomingMessage) => string
  /** Whether a handshake carries a session's cookie. */
  isSomebodys?: (req: IncomingMessage) => boolean
  limits: GuestLimits
  meters: SocketMeters
}

/** What is counted of sockets; times are milliseconds. */
interface SocketMeters {
  refused: (limit: 'sockets' | 'views') => void
  published: (took: number) => void
  patched: (bytes: number) => void
}

export function openSockets(
  http: HttpServer,
  {
    engine,
    log,
    requireAllowed,
    stream,
    companions = [],
    uncompared = () => undefined,
    addressOf,
    isSomebodys = () => false,
    limits,
    meters,
  }: SocketOptions,
): Sockets {
  const seats = new Seats<Connection>(limits, meters.refused)
  const io: LiveServer = new Server(http, {
    serveClient: false,
    transports: ['websocket'],
    perMessageDeflate: false,
    maxHttpBufferSize: MAX_MESSAGE,
    connectTimeout: CONNECT_WITHIN,
    pingInterval: ASK_EVERY,
    allowRequest: (req, allow) =>
      allow(null, mayConnect(req, isSomebodys) && seats.mayCome(addressOf(req))),
  })
  const watchers = new Watchers(io, {
    engine,
    seats,
    requireAllowed,
    isAllowed: (spec) => !guard(() => requireAllowed(spec)),
    onPatch: meters.patched,
  })
  const followers = new Followers<LiveSocket>(stream, {
    send,
    isFull,
    isIdle,
    hangUp: (socket) => void socket.disconnect(true),
  })

  io.engine.on('connection', (conn: Connection) => {
    const { isSeated, leave } = seats.arrive(conn, addressOf(conn.request))
    conn.on('close', leave)
    if (!isSeated) setTimeout(() => conn.close(true), FAREWELL).unref()
    conn.on('packet', () => {
      if (isDeaf(conn)) conn.close(true)
    })
  })

  /** Follows tickets as told; null ends it. Throws what `guard` puts into words. */
  async function follow(socket: LiveSocket, filters: unknown): Promise<void> {
    if (filters === null) return unfollow(socket)
    const room = stream.roomOf(filters)
    const streamKey = `stream ${room}`
    seats.requireSpace(socket.conn, [streamKey])
    await followers.follow(socket, room)
    if (!socket.connected) return followers.leave(socket)
    forgetStream(socket)
    seats.watch(socket.conn, [streamKey])
    socket.data.streamKey = streamKey
  }

  function unfollow(socket: LiveSocket): void {
    followers.leave(socket)
    forgetStream(socket)
  }

  function forgetStream({ data, conn }: LiveSocket): void {
    if (data.streamKey === undefined) return
    seats.forget(conn, [data.streamKey])
    delete data.streamKey
  }

  /** Runs what a client asked for: nothing it sends may end the process. */
  function guard(run: () => void): Refusal | undefined {
    try {
      run()
    } catch (error) {
      return refusalFor(error)
    }
  }

  function refusalFor(error: unknown): Refusal {
    if (error instanceof HttpError || error instanceof z.ZodError) return refusalOf(error)
    log.error({ err: error }, 'a socket could not be answered')
    return { error: 'Something went wrong on our side.' }
  }

  /** Throws what keeps a page from what it says it wants to see. */
  function requireAnswerable({ conn, handshake }: LiveSocket): void {
    const { views, stream: followed } = Hello.parse(handshake.auth)
    views.forEach(requireAllowed)
    if (followed !== undefined) stream.roomOf(followed)
    companions.forEach(({ check }) => check?.(handshake.auth))
    const questions = views.map((spec) => engine.understand(spec))
    engine.requireAnswerable(questions)
    seats.requireSpace(
      conn,
      questions.map(({ key }) => key),
    )
  }

  io.use((socket, next) => {
    const noSeat = seats.refusal(socket.conn)
    if (noSeat) return next(refused(noSeat))
    if (socket.handshake.auth?.protocol !== protocol) return next(new Error('outdated'))
    const refusal = guard(() => requireAnswerable(socket))
    if (!refusal) seats.take(socket.conn)
    next(refusal && refused(refusal))
  })

  io.on('connection', (socket) => {
    const asking = { mayAsk: allowance(CHANGES), refusalFor }
    answerAsked(socket, 'watch', { ...asking, run: (wanted) => watchers.watch(socket, wanted) })
    answerAsked(socket, 'stream:follow', { ...asking, run: (wanted) => follow(socket, wanted) })
    socket.on('disconnect', () => {
      seats.free(socket.conn)
      watchers.leave(socket)
      unfollow(socket)
    })
    begin(socket)
  })

  function begin(socket: LiveSocket): void {
    const { views, stream: followed } = socket.handshake.auth
    socket.emit('pulse', pulseOf(engine, uncompared()))
    // Checked at the door: what can still fail is a server that is full.
    if (guard(() => watchers.watch(socket, views))) return void socket.disconnect(true)
    const reader = new SocketReader(socket, refusalFor)
    for (const companion of companions) companion.arrive(reader, socket.handshake.auth)
    forgetHandshake(socket)
    if (followed === undefined) return
    follow(socket, followed).catch((error: unknown) => {
      refusalFor(error)
      socket.disconnect(true)
    })
  }

  /** Who has not read what was sent needs no pulse: it is stale to that page as it is. */
  function beat(): void {
    const frame = frameOf('pulse', pulseOf(engine, uncompared()))
    for (const socket of io.of('/').sockets.values()) if (isIdle(socket)) send(socket, frame)
  }

  const heart = setInterval(() => {
    beat()
    // Who can read again need not wait until something happens.
    watchers.sort()
    followers.sort()
  }, PULSE)

  return {
    publish(tick) {
      const startedAt = performance.now()
      watchers.endLost(tick)
      followers.endClosed()
      watchers.publish(tick)
      meters.published(performance.now() - startedAt)
    },
    get count() {
      return io.of('/').sockets.size
    },
    get slow() {
      return watchers.slow
    },
    async close() {
      clearInterval(heart)
      await io.close()
    },
  }
}

/** What it said at the door is a third of the memory of a socket that watches a board. */
function forgetHandshake({ handshake, conn }: LiveSocket): void {
  handshake.auth = {}
  // As Socket.IO's page on memory usage has it: nobody reads the request after the handshake.
  ;(conn as { request: unknown }).request = null
}

function refused({ error, path }: Refusal): Error {
  return Object.assign(new Error(error), { data: { error, path } })
}

/**
 * Browsers say where a page comes from; a page of another site gets no socket. Programs say nothing, and act for
 * nobody: one that brings somebody's cookie is refused, as it is over HTTP.
 */
function mayConnect(req: IncomingMessage, isSomebodys: (req: IncomingMessage) => boolean): boolean {
  const { origin, host } = req.headers
  if (origin === undefined) return !isSomebodys(req)
  return URL.canParse(origin) && new URL(origin).host === host
}
