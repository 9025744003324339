import { io, type Socket } from 'socket.io-client'
import type { ViewSpec } from '#shared/view.ts'
import { type ClientToServer, type Hello, protocol, type ServerToClient } from '#shared/wire.ts'

export type BoardSocket = Socket<ServerToClient, ClientToServer>

/** When to dial is the board's decision, so the client's own reconnection is off: one recovery path. */
export function createSocket(views: () => readonly ViewSpec[]): BoardSocket {
  return io({
    transports: ['websocket'],
    autoConnect: false,
    reconnection: false,
    auth: (send) => send({ protocol, views: views() } satisfies Hello),
  })
}
