import { io, type Socket } from 'socket.io-client'
import { expect } from 'vitest'
import {
  type ClientToServer,
  protocol,
  type Refusal,
  type ServerToClient,
  type StreamFilters,
  type StreamPart,
} from '#shared/wire.ts'

let open: Socket[] = []

/** Closes the sockets of all pages. */
export function leaveAll(): void {
  for (const socket of open) socket.disconnect()
  open = []
}

/** A page that follows tickets from the start when told which. */
export function connect(origin: string, stream?: StreamFilters) {
  const socket: Socket<ServerToClient, ClientToServer> = io(origin, {
    auth: { protocol, views: [], ...(stream && { stream }) },
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  })
  open.push(socket)
  const page = { parts: [] as StreamPart[], refusal: undefined as Refusal | undefined }
  socket.on('stream', (part) => page.parts.push(part))
  socket.on('connect_error', (error) => {
    page.refusal = (error as Error & { data?: Refusal }).data
  })
  return {
    socket,
    page,
    follow: (filters: unknown) =>
      new Promise<Refusal | undefined>((resolve) =>
        socket.emit('stream:follow', filters as StreamFilters, resolve),
      ),
    /** All that was told, as `kind id`, in the order it was told. */
    told: () => page.parts.flatMap(({ events }) => events.map(({ kind, id }) => `${kind} ${id}`)),
  }
}

/** Resolves when it was told what there is. */
export async function following(origin: string, stream: StreamFilters = {}) {
  const page = connect(origin, stream)
  await expect.poll(() => page.page.parts.length).toBe(1)
  return page
}
