import type { IncomingMessage, Server as HttpServer } from 'node:http'
import type { Logger } from 'pino'
import { Server, type Socket } from 'socket.io'
import { z } from 'zod'
import type { ViewSpec } from '#shared/view.ts'
import { ViewSet } from '#shared/view-schema.ts'
import { type ClientToServer, protocol, type Refusal, type ServerToClient } from '#shared/wire.ts'
import { HttpError } from '../http/errors.ts'
import { refusalOf } from '../http/refusal.ts'
import type { Engine, Tick } from './engine.ts'
import { allowance } from './allowance.ts'
import { Followers, type StreamSource } from './followers.ts'
import { type Frame, frameOf } from './frame.ts'
import { type GuestLimits, Guests } from './guests.ts'
import { latestOnly } from './latest-only.ts'
import { pulseOf } from './pulse.ts'
import type { Companion, Reader } from './reader.ts'
import { Rooms } from './rooms.ts'

const PULSE = 1000
/** Frames that may wait for a reader before it is taken out of its room. */
const MAX_WAITING = 4
/** Bytes that may wait for a reader behind what is being sent to it. */
const MAX_WAITING_BYTES = 1024 * 1024
/** Frames that may wait for a reader who goes on asking, before it is hung up on. */
const MAX_UNREAD = 100
const MAX_MESSAGE = 64 * 1024
/** So often a page's questions are answered: each may cost a count of the whole cube. */
const CHANGES = { atOnce: 10, aSecond: 2 }
/** A connection that does not say within this time what it wants is closed. */
const CONNECT_WITHIN = 10_000
/** Who gets no socket is told why, and hung up on after this time. */
const FAREWELL = 3000
/** Who loses it may read for so long what waits. */
const LAST_WORDS = 1000

type LiveServer = Server<ClientToServer, ServerToClient, object, Watching>
type LiveSocket = Socket<ClientToServer, ServerToClient, object, Watching>

interface Watching {
  /** The room whose views the socket asked for. */
  room?: string
  /** Out of its room, because it reads too slowly. */
  isOut?: boolean
  /** Of those views. */
  keys?: readonly string[]
  /** Of the tickets it follows. */
  streamKey?: string
}

/** Views that a page wants to see, and whom to tell. */
interface Asked {
  views: unknown
  answer: (refusal?: Refusal) => void
}

/** Which tickets a page wants to follow, and whom to tell. */
interface FollowAsked {
  filters: unknown
  answer: (refusal?: Refusal) => void
}

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
  addressOf: (req: IncomingMessage) => string
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
    addressOf,
    limits,
    meters,
  }: SocketOptions,
): Sockets {
  const io: LiveServer = new Server(http, {
    serveClient: false,
    transports: ['websocket'],
    perMessageDeflate: false,
    maxHttpBufferSize: MAX_MESSAGE,
    connectTimeout: CONNECT_WITHIN,
    allowRequest: (req, allow) =>
      allow(null, isSameOrigin(req.headers) && guests.mayCome(addressOf(req))),
  })
  const rooms = new Rooms(engine)
  const followers = new Followers<LiveSocket>(stream, {
    send,
    isFull: ({ conn }) => isFull(conn),
    isIdle: ({ conn }) => waitingFrames(conn).length === 0,
    hangUp: (socket) => void socket.disconnect(true),
  })
  const guests = new Guests(limits)
  const places = new WeakMap<LiveSocket['conn'], { address: string; isSeated: boolean }>()

  io.engine.on('connection', (conn: LiveSocket['conn']) => {
    const address = addressOf(conn.request)
    const { isSeated, leave } = guests.arrive(address)
    places.set(conn, { address, isSeated })
    conn.on('close', leave)
    if (!isSeated) setTimeout(() => conn.close(true), FAREWELL).unref()
    // What is answered to one who asks and never reads would pile up without end.
    conn.on('packet', () => {
      if (waitingFrames(conn).length > MAX_UNREAD) conn.close(true)
    })
  })

  const addressOfSocket = (socket: LiveSocket): string => places.get(socket.conn)!.address

  /** Changes the set of views, and sends its snapshot in the same turn: no patch comes in between. */
  function watch(socket: LiveSocket, views: unknown): void {
    const specs = ViewSet.parse(views)
    specs.forEach(requireAllowed)
    const keys = specs.map((spec) => engine.understand(spec).key)
    requireSpace(socket, keys)
    const room = rooms.enter(specs)
    leave(socket)
    guests.watch(addressOfSocket(socket), keys)
    socket.data = { ...socket.data, room, keys }
    join(socket, room)
  }

  function requireSpace(socket: LiveSocket, keys: readonly string[]): void {
    try {
      guests.requireSpace(addressOfSocket(socket), keys)
    } catch (error) {
      meters.refused('views')
      throw error
    }
  }

  function join(socket: LiveSocket, room: string): void {
    void socket.join(room)
    socket.data.isOut = false
    send(socket, rooms.snapshot(room))
  }

  function leave(socket: LiveSocket): void {
    const { room, keys = [] } = socket.data
    if (room === undefined) return
    void socket.leave(room)
    rooms.leave(room)
    guests.forget(addressOfSocket(socket), keys)
    socket.data = { ...socket.data, room: undefined, keys: undefined }
  }

  /** Follows tickets as told; null ends it. Throws what `guard` puts into words. */
  async function follow(socket: LiveSocket, filters: unknown): Promise<void> {
    if (filters === null) return unfollow(socket)
    const room = stream.roomOf(filters)
    const streamKey = `stream ${room}`
    requireSpace(socket, [streamKey])
    await followers.follow(socket, room)
    if (!socket.connected) return followers.leave(socket)
    forgetStream(socket)
    guests.watch(addressOfSocket(socket), [streamKey])
    socket.data.streamKey = streamKey
  }

  function unfollow(socket: LiveSocket): void {
    followers.leave(socket)
    forgetStream(socket)
  }

  function forgetStream({ data, conn }: LiveSocket): void {
    if (data.streamKey === undefined) return
    guests.forget(places.get(conn)!.address, [data.streamKey])
    delete data.streamKey
  }

  function sendToRoom(room: string, frame: Frame): void {
    meters.patched(frame.bytes)
    const { adapter, sockets } = io.of('/')
    for (const id of adapter.rooms.get(room) ?? []) send(sockets.get(id)!, frame)
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

  /** Connections that have a socket. Socket.IO would give them as many as they ask for, and each may watch. */
  const seated = new WeakSet<LiveSocket['conn']>()

  io.use((socket, next) => {
    const { auth } = socket.handshake
    if (!places.get(socket.conn)?.isSeated) {
      meters.refused('sockets')
      return next(refused({ error: guests.full }))
    }
    if (auth?.protocol !== protocol) return next(new Error('outdated'))
    if (seated.has(socket.conn)) return next(refused({ error: 'This connection has a socket.' }))
    const refusal = guard(() => {
      const { views, stream: followed } = Hello.parse(auth)
      views.forEach(requireAllowed)
      if (followed !== undefined) stream.roomOf(followed)
      companions.forEach(({ check }) => check?.(auth))
      const questions = views.map((spec) => engine.understand(spec))
      engine.requireAnswerable(questions)
      requireSpace(
        socket,
        questions.map(({ key }) => key),
      )
    })
    if (!refusal) seated.add(socket.conn)
    next(refusal && refused(refusal))
  })

  io.on('connection', (socket) => {
    socket.on('disconnect', () => {
      seated.delete(socket.conn)
      leave(socket)
      unfollow(socket)
    })
    const mayChange = allowance(CHANGES)
    const asking = latestOnly<Asked>({
      mayRun: () => !isFull(socket.conn) && mayChange(),
      run: ({ views, answer }) => answer(guard(() => watch(socket, views))),
      overtake: ({ answer }) => answer({ error: 'A later question has overtaken this one.' }),
    })
    const following = latestOnly<FollowAsked>({
      mayRun: () => !isFull(socket.conn) && mayChange(),
      run: ({ filters, answer }) =>
        void follow(socket, filters).then(
          () => answer(),
          (error: unknown) => answer(refusalFor(error)),
        ),
      overtake: ({ answer }) => answer({ error: 'A later question has overtaken this one.' }),
    })
    socket.on('disconnect', () => {
      asking.stop()
      following.stop()
    })
    socket.on('watch', (views: unknown, ack: unknown) => {
      const answer = (refusal?: Refusal) =>
        typeof ack === 'function' && ack(...(refusal ? [refusal] : []))
      asking.ask({ views, answer })
    })
    socket.on('stream:follow', (filters: unknown, ack: unknown) => {
      const answer = (refusal?: Refusal) =>
        typeof ack === 'function' && ack(...(refusal ? [refusal] : []))
      following.ask({ filters, answer })
    })
    socket.emit('pulse', pulseOf(engine))
    // Checked at the door: what can still fail is a server that is full.
    if (guard(() => watch(socket, socket.handshake.auth.views))) return void socket.disconnect(true)
    for (const companion of companions) companion.arrive(readerOf(socket))
    const { stream: followed } = socket.handshake.auth
    if (followed === undefined) return
    follow(socket, followed).catch((error: unknown) => {
      refusalFor(error)
      socket.disconnect(true)
    })
  })

  function readerOf(socket: LiveSocket): Reader {
    const { conn } = socket
    return {
      request: socket.request,
      hello: socket.handshake.auth,
      get isGone() {
        return !socket.connected
      },
      send: (frame) => socket.connected && send(socket, frame),
      isFull: () => isFull(conn),
      onIdle: (listener) => void conn.on('drain', listener),
      onGone: (listener) => void socket.on('disconnect', listener),
      onAsked: (event, listener) => answerAsked(socket, event, listener),
      hangUp() {
        socket.disconnect(true)
        setTimeout(() => conn.close(true), LAST_WORDS).unref()
      },
    }
  }

  function answerAsked(
    socket: LiveSocket,
    event: 'records:follow',
    listener: (asked: unknown) => Promise<void>,
  ): void {
    const mayAsk = allowance(CHANGES)
    const asking = latestOnly<{ asked: unknown; answer: (refusal?: Refusal) => void }>({
      mayRun: () => !isFull(socket.conn) && mayAsk(),
      run: ({ asked, answer }) =>
        void Promise.try(listener, asked).then(
          () => answer(),
          (error: unknown) => answer(refusalFor(error)),
        ),
      overtake: ({ answer }) => answer({ error: 'A later question has overtaken this one.' }),
    })
    socket.on('disconnect', () => asking.stop())
    socket.on(event, (asked: unknown, ack: unknown) => {
      const answer = (refusal?: Refusal) =>
        typeof ack === 'function' && ack(...(refusal ? [refusal] : []))
      asking.ask({ asked, answer })
    })
  }

  /** Hangs up on those whose views have ended: asking again, they are told why. */
  function endRooms({ lost }: Tick): void {
    const ended = rooms.ended(lost, (spec) => !guard(() => requireAllowed(spec)))
    followers.endClosed()
    if (ended.size === 0) return
    for (const socket of io.of('/').sockets.values()) {
      if (ended.has(socket.data.room ?? '')) socket.disconnect(true)
    }
  }

  /** Takes those who cannot keep up out of their rooms, and those who can again back in. */
  function sortReaders(): void {
    slow = 0
    for (const socket of io.of('/').sockets.values()) {
      const { room, isOut } = socket.data
      if (room === undefined) continue
      if (!isOut && isFull(socket.conn)) takeOut(socket, room)
      else if (isOut && waitingFrames(socket.conn).length === 0) join(socket, room)
      if (socket.data.isOut) slow++
    }
  }

  function takeOut(socket: LiveSocket, room: string): void {
    void socket.leave(room)
    socket.data.isOut = true
  }

  /** Who has not read what was sent needs no pulse: it is stale to that page as it is. */
  function beat(): void {
    const frame = frameOf('pulse', pulseOf(engine))
    for (const socket of io.of('/').sockets.values()) {
      if (waitingFrames(socket.conn).length === 0) send(socket, frame)
    }
  }

  let slow = 0
  const heart = setInterval(() => {
    beat()
    // Who can read again need not wait until something happens.
    sortReaders()
    followers.sort()
  }, PULSE)

  return {
    publish(tick) {
      const startedAt = performance.now()
      endRooms(tick)
      for (const [room, patch] of rooms.patches(tick)) {
        sendToRoom(room, frameOf('views:patch', patch))
      }
      sortReaders()
      meters.published(performance.now() - startedAt)
    },
    get count() {
      return io.of('/').sockets.size
    },
    get slow() {
      return slow
    },
    async close() {
      clearInterval(heart)
      await io.close()
    },
  }
}

/** Frames handed to the connection behind what it is sending. */
function waitingFrames(conn: LiveSocket['conn']): { data?: { length: number } }[] {
  return (conn as unknown as { writeBuffer: { data?: { length: number } }[] }).writeBuffer
}

function isFull(conn: LiveSocket['conn']): boolean {
  const waiting = waitingFrames(conn)
  if (waiting.length === 0) return false
  if (waiting.length > MAX_WAITING) return true
  return waiting.reduce((bytes, { data }) => bytes + (data?.length ?? 0), 0) > MAX_WAITING_BYTES
}

function send({ conn }: LiveSocket, { packet, options }: Frame): void {
  conn.send(packet, options as object)
}

function refused({ error, path }: Refusal): Error {
  return Object.assign(new Error(error), { data: { error, path } })
}

/** Browsers say where a page comes from; a page of another site gets no socket. Programs say nothing. */
function isSameOrigin({ origin, host }: { origin?: string; host?: string }): boolean {
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}
