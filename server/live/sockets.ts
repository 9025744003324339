import type { Server as HttpServer } from 'node:http'
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
import { latestOnly } from './latest-only.ts'
import { pulseOf } from './pulse.ts'
import { Rooms } from './rooms.ts'

const PULSE = 1000
/** Frames that may wait for a reader before it is taken out of its room. */
const MAX_WAITING = 4
/** Frames that may wait for a reader who goes on asking, before it is hung up on. */
const MAX_UNREAD = 100
const MAX_MESSAGE = 64 * 1024
/** So often a page's questions are answered: each may cost a count of the whole cube. */
const CHANGES = { atOnce: 10, aSecond: 2 }

type LiveServer = Server<ClientToServer, ServerToClient, object, Watching>
type LiveSocket = Socket<ClientToServer, ServerToClient, object, Watching>

interface Watching {
  /** The room whose views the socket asked for; it may be out of it, when it reads too slowly. */
  room?: string
}

/** Views that a page wants to see, and whom to tell. */
interface Asked {
  views: unknown
  answer: (refusal?: Refusal) => void
}

const Hello = z.object({ protocol: z.literal(protocol), views: ViewSet })

export interface Sockets {
  publish(tick: Tick): void
  readonly count: number
  close(): Promise<void>
}

interface SocketOptions {
  engine: Engine
  log: Logger
  /** Throws an HttpError for a view that this reader may not see. */
  requireAllowed: (spec: ViewSpec) => void
}

export function openSockets(
  http: HttpServer,
  { engine, log, requireAllowed }: SocketOptions,
): Sockets {
  const io: LiveServer = new Server(http, {
    serveClient: false,
    transports: ['websocket'],
    perMessageDeflate: false,
    maxHttpBufferSize: MAX_MESSAGE,
    allowRequest: (req, allow) => allow(null, isSameOrigin(req.headers)),
  })
  const rooms = new Rooms(engine)

  // What is answered to one who asks and never reads would pile up without end.
  io.engine.on('connection', (conn: LiveSocket['conn']) => {
    conn.on('packet', () => {
      if (unread(conn) > MAX_UNREAD) conn.close(true)
    })
  })

  /** Changes the set of views, and sends its snapshot in the same turn: no patch comes in between. */
  function watch(socket: LiveSocket, views: unknown): void {
    const specs = ViewSet.parse(views)
    specs.forEach(requireAllowed)
    const room = rooms.enter(specs)
    leave(socket)
    socket.data.room = room
    join(socket, room)
  }

  function join(socket: LiveSocket, room: string): void {
    void socket.join(room)
    socket.emit('views:snapshot', rooms.snapshot(room))
  }

  function leave(socket: LiveSocket): void {
    const { room } = socket.data
    if (room === undefined) return
    void socket.leave(room)
    rooms.leave(room)
    delete socket.data.room
  }

  /** Runs what a client asked for: nothing it sends may end the process. */
  function guard(run: () => void): Refusal | undefined {
    try {
      run()
    } catch (error) {
      if (error instanceof HttpError || error instanceof z.ZodError) return refusalOf(error)
      log.error({ err: error }, 'a socket could not be answered')
      return { error: 'Something went wrong on our side.' }
    }
  }

  /** Connections that have a socket. Socket.IO would give them as many as they ask for, and each may watch. */
  const seated = new WeakSet<LiveSocket['conn']>()

  io.use((socket, next) => {
    const { auth } = socket.handshake
    if (auth?.protocol !== protocol) return next(new Error('outdated'))
    if (seated.has(socket.conn)) return next(refused({ error: 'This connection has a socket.' }))
    const refusal = guard(() => {
      const { views } = Hello.parse(auth)
      views.forEach(requireAllowed)
      engine.requireAnswerable(views.map((spec) => engine.understand(spec)))
    })
    if (!refusal) seated.add(socket.conn)
    next(refusal && refused(refusal))
  })

  io.on('connection', (socket) => {
    socket.on('disconnect', () => {
      seated.delete(socket.conn)
      leave(socket)
    })
    const mayChange = allowance(CHANGES)
    const asking = latestOnly<Asked>({
      mayRun: () => waitingFrames(socket) <= MAX_WAITING && mayChange(),
      run: ({ views, answer }) => answer(guard(() => watch(socket, views))),
      overtake: ({ answer }) => answer({ error: 'A later question has overtaken this one.' }),
    })
    socket.on('disconnect', () => asking.stop())
    socket.on('watch', (views: unknown, ack: unknown) => {
      const answer = (refusal?: Refusal) =>
        typeof ack === 'function' && ack(...(refusal ? [refusal] : []))
      asking.ask({ views, answer })
    })
    socket.emit('pulse', pulseOf(engine))
    // Checked at the door: what can still fail is a server that is full.
    if (guard(() => watch(socket, socket.handshake.auth.views))) socket.disconnect(true)
  })

  /** Hangs up on those whose views have ended: asking again, they are told why. */
  function endRooms({ lost }: Tick): void {
    const ended = rooms.ended(lost, (spec) => !guard(() => requireAllowed(spec)))
    if (ended.size === 0) return
    for (const socket of io.of('/').sockets.values()) {
      if (ended.has(socket.data.room ?? '')) socket.disconnect(true)
    }
  }

  /** Takes those who cannot keep up out of their rooms, and those who can again back in. */
  function sortReaders(): void {
    for (const socket of io.of('/').sockets.values()) {
      const { room } = socket.data
      if (room === undefined) continue
      const waiting = waitingFrames(socket)
      if (socket.rooms.has(room)) {
        if (waiting > MAX_WAITING) void socket.leave(room)
      } else if (waiting === 0) join(socket, room)
    }
  }

  const heart = setInterval(() => io.volatile.emit('pulse', pulseOf(engine)), PULSE)

  return {
    publish(tick) {
      endRooms(tick)
      for (const [room, patch] of rooms.patches(tick)) io.to(room).emit('views:patch', patch)
      sortReaders()
    },
    get count() {
      return io.of('/').sockets.size
    },
    async close() {
      clearInterval(heart)
      await io.close()
    },
  }
}

/** Frames handed to the connection that it could not send yet. */
const waitingFrames = (socket: LiveSocket): number => unread(socket.conn)

function unread(conn: LiveSocket['conn']): number {
  return (conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length
}

function refused({ error, path }: Refusal): Error {
  return Object.assign(new Error(error), { data: { error, path } })
}

/** Browsers say where a page comes from; a page of another site gets no socket. Programs say nothing. */
function isSameOrigin({ origin, host }: { origin?: string; host?: string }): boolean {
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}
