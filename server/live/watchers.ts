import type { ViewSpec } from '#shared/view.ts'
import { ViewSet } from '#shared/view-schema.ts'
import type { Engine, Tick } from './engine.ts'
import { type Frame, frameOf } from './frame.ts'
import {
  type Connection,
  isFull,
  isIdle,
  type LiveServer,
  type LiveSocket,
  send,
} from './live-socket.ts'
import { Rooms } from './rooms.ts'
import type { Seats } from './seats.ts'

interface Watched {
  engine: Engine
  seats: Seats<Connection>
  /** Throws an HttpError for a view that this reader may not see. */
  requireAllowed: (spec: ViewSpec) => void
  isAllowed: (spec: ViewSpec) => boolean
  /** Told the size of each patch. */
  onPatch: (bytes: number) => void
}

/** Who watches views: each socket in the room of its set, out of it while it cannot keep up. */
export class Watchers {
  readonly #io: LiveServer
  readonly #watched: Watched
  readonly #rooms: Rooms
  #slow = 0

  constructor(io: LiveServer, watched: Watched) {
    this.#io = io
    this.#watched = watched
    this.#rooms = new Rooms(watched.engine)
  }

  /** Sockets that are out of their room until they have read what waits for them. */
  get slow(): number {
    return this.#slow
  }

  /** Changes the set of views, and sends its snapshot in the same turn: no patch comes in between. */
  watch(socket: LiveSocket, views: unknown): void {
    const { engine, seats, requireAllowed } = this.#watched
    const specs = ViewSet.parse(views)
    specs.forEach(requireAllowed)
    const keys = specs.map((spec) => engine.understand(spec).key)
    seats.requireSpace(socket.conn, keys)
    const room = this.#rooms.enter(specs)
    this.leave(socket)
    seats.watch(socket.conn, keys)
    socket.data = { ...socket.data, room, keys }
    this.#join(socket, room)
  }

  leave(socket: LiveSocket): void {
    const { room, keys = [] } = socket.data
    if (room === undefined) return
    void socket.leave(room)
    this.#rooms.leave(room)
    this.#watched.seats.forget(socket.conn, keys)
    socket.data = { ...socket.data, room: undefined, keys: undefined }
  }

  publish(tick: Tick): void {
    for (const [room, patch] of this.#rooms.patches(tick)) {
      this.#sendToRoom(room, frameOf('views:patch', patch))
    }
    this.sort()
  }

  /** Hangs up on those whose views have ended: asking again, they are told why. */
  endLost({ lost }: Tick): void {
    const ended = this.#rooms.ended(lost, this.#watched.isAllowed)
    if (ended.size === 0) return
    for (const socket of this.#sockets()) {
      if (ended.has(socket.data.room ?? '')) socket.disconnect(true)
    }
  }

  /** Takes those who cannot keep up out of their rooms, and those who can again back in. */
  sort(): void {
    this.#slow = 0
    for (const socket of this.#sockets()) {
      const { room, isOut } = socket.data
      if (room === undefined) continue
      if (!isOut && isFull(socket)) takeOut(socket, room)
      else if (isOut && isIdle(socket)) this.#join(socket, room)
      if (socket.data.isOut) this.#slow++
    }
  }

  #join(socket: LiveSocket, room: string): void {
    void socket.join(room)
    socket.data.isOut = false
    send(socket, this.#rooms.snapshot(room))
  }

  #sendToRoom(room: string, frame: Frame): void {
    this.#watched.onPatch(frame.bytes)
    const { adapter, sockets } = this.#io.of('/')
    for (const id of adapter.rooms.get(room) ?? []) send(sockets.get(id)!, frame)
  }

  #sockets(): Iterable<LiveSocket> {
    return this.#io.of('/').sockets.values()
  }
}

function takeOut(socket: LiveSocket, room: string): void {
  void socket.leave(room)
  socket.data.isOut = true
}
