import { connect, type Socket } from 'node:net'

/** Where the driver wants to connect to, as it has read it from the URL. */
export interface Place {
  host: string[]
  port: number[]
  /** Of a socket in the file system. */
  path: string | false
}

/**
 * Opens connections that, with a `patience`, are closed when for so many milliseconds not a byte has moved
 * on them: then what was asked fails, and the pool connects anew. TCP itself would wait for a quarter of an
 * hour. A connection that is merely idle is closed too, which costs the next query a few milliseconds.
 */
export function socketsOf(patience: number | undefined): (place: Place) => Socket {
  let turn = 0
  return ({ host, port, path }) => {
    const at = turn++ % host.length
    const socket = path ? connect(path) : connect(port[at]!, host[at]!)
    failAndCloseAtOnce(socket)
    if (patience !== undefined) closeWhenStill(socket, patience)
    // TLS asks for it.
    return Object.assign(socket, { host: host[at], port: port[at] })
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
