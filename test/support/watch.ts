import { io, type Socket } from 'socket.io-client'
import { applyChange, type Row, type ViewSpec, type ViewState } from '#shared/view.ts'
import { type ClientToServer, protocol, type ServerToClient } from '#shared/wire.ts'

/** A page that looks at one view: what it shows after the snapshot and every patch so far. */
export async function watchView(origin: string, spec: ViewSpec) {
  const socket: Socket<ServerToClient, ClientToServer> = io(origin, {
    auth: { protocol, views: [spec] },
    transports: ['websocket'],
    forceNew: true,
  })
  let shown: ViewState | undefined
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  socket.on('views:snapshot', ({ views }) => {
    shown = views[0]
    resolve()
  })
  socket.on('views:patch', ({ views }) => {
    if (shown && views[0]) shown = applyChange(shown, views[0])
  })
  socket.on('connect_error', reject)
  await promise

  return {
    rows: (): readonly Row[] => shown!.rows,
    totals: (): Row => shown!.totals,
    [Symbol.dispose]: () => void socket.disconnect(),
  }
}
