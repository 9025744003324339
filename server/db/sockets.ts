import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type Mode, SecureSocket } from './secure-socket.ts'

/** Where the driver wants to connect to, as it has read it from the URL. */
export interface Place {
  host: string[]
  port: number[]
  /** Of a socket in the file system. */
  path: string | false
}

interface Options {
  /**
   * Milliseconds after which a connection is closed on which not a byte has moved: then what was asked fails,
   * and the pool connects anew. TCP itself would wait for a quarter of an hour. A connection that is merely
   * idle is closed too, which costs the next query a few milliseconds.
   */
  patience: number | undefined
  /** Undefined: without TLS. */
  secure: Mode | undefined
}

/** What the driver connects by, one host after the other. */
export function openSockets({ patience, secure }: Options): (place: Place) => Duplex {
  let turn = 0
  return ({ host, port, path }) => {
    const at = turn++ % host.length
    const socket = path ? connect(path) : connect(port[at]!, host[at]!)
    if (patience !== undefined) closeWhenStill(socket, patience)
    if (secure && !path) return new SecureSocket(socket, { host: host[at]!, mode: secure })
    failAndCloseAtOnce(socket)
    return socket
  }
}

/**
 * Tells of an error only together with the end that it leads to. What is asked on a connection between the
 * two, be it the rollback that the error itself makes somebody ask for, the driver (3.4.9) never answers.
 */
function failAndCloseAtOnce(socket: Socket): void {
  const emit = socket.emit.bind(socket) as (event: string | symbol, ...args: unknown[]) => boolean
  let failure: unknown
  socket.emit = (event: string | symbol, ...args: unknown[]) => {
    if (event === 'error') {
      failure ??= args[0]
      return true
    }
    if (event === 'close' && failure !== undefined) emit('error', failure)
    return emit(event, ...args)
  }
}

/** Looks at what has moved, since under TLS neither events nor timeouts of the socket tell. */
function closeWhenStill(socket: Socket, patience: number): void {
  let moved = 0
  let movedAt = performance.now()
  const timer = setInterval(() => {
    if (socket.destroyed) return clearInterval(timer)
    const now = performance.now()
    const all = socket.bytesRead + socket.bytesWritten
    if (all !== moved) [moved, movedAt] = [all, now]
    else if (now - movedAt >= patience) socket.destroy()
  }, patience / 10)
  timer.unref()
}
