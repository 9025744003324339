import type { Server, Socket } from 'socket.io'
import type { ClientToServer, ServerToClient } from '#shared/wire.ts'
import type { Frame } from './frame.ts'

/** Frames that may wait for a reader before it is taken out of its room. */
const MAX_WAITING = 4
/** Bytes that may wait for a reader behind what is being sent to it. */
const MAX_WAITING_BYTES = 1024 * 1024
/** Frames that may wait for a reader who goes on asking, before it is hung up on. */
const MAX_UNREAD = 100

export type LiveServer = Server<ClientToServer, ServerToClient, object, Watching>
export type LiveSocket = Socket<ClientToServer, ServerToClient, object, Watching>
/** What a socket sits on. */
export type Connection = LiveSocket['conn']

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

export function send({ conn }: LiveSocket, { packet, options }: Frame): void {
  conn.send(packet, options as object)
}

/** So much waits for a reader that it is told no more. */
export function isFull({ conn }: LiveSocket): boolean {
  const waiting = waitingFrames(conn)
  if (waiting.length === 0) return false
  if (waiting.length > MAX_WAITING) return true
  return waiting.reduce((bytes, { data }) => bytes + (data?.length ?? 0), 0) > MAX_WAITING_BYTES
}

/** It has read all that was sent to it. */
export const isIdle = ({ conn }: LiveSocket): boolean => waitingFrames(conn).length === 0

/** It asks and never reads: what it is answered would pile up without end. */
export const isDeaf = (conn: Connection): boolean => waitingFrames(conn).length > MAX_UNREAD

/** Frames handed to the connection behind what it is sending. */
function waitingFrames(conn: Connection): { data?: { length: number } }[] {
  return (conn as unknown as { writeBuffer: { data?: { length: number } }[] }).writeBuffer
}
