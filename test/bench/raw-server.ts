import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'

/*
 * The least that a server over `ws` can do: frames of the sizes that were seen, made before, written
 * to every socket at the pace that was seen. It says as much of Socket.IO as its readers wait for.
 */

export interface Raw {
  patchBytes: number
  pulseBytes: number
  patchEvery: number
  pulseEvery: number
}

const server = createServer()
const sockets = new WebSocketServer({ server, perMessageDeflate: false })

sockets.on('connection', (socket) => {
  socket.send('0{}')
  socket.once('message', () => socket.send('42["views:snapshot",{}]'))
})

process.on('message', ({ patchBytes, pulseBytes, patchEvery, pulseEvery }: Raw) => {
  const patch = frameOf('42["views:patch",{"from":[0,0],"at":[1,0],', patchBytes)
  const pulse = frameOf('42["pulse",', pulseBytes)
  setInterval(() => toAll(patch), patchEvery)
  setInterval(() => toAll(pulse), pulseEvery)
})

function toAll(frame: Buffer): void {
  for (const socket of sockets.clients) {
    const { _socket } = socket as unknown as { _socket: NodeJS.WritableStream }
    _socket.write(frame)
  }
}

/** A whole unmasked text frame. */
function frameOf(start: string, bytes: number): Buffer {
  const payload = Buffer.from(start.padEnd(Math.round(bytes), ' '))
  const header = Buffer.alloc(payload.length < 2 ** 16 ? 4 : 10)
  header[0] = 0x81
  header[1] = payload.length < 2 ** 16 ? 126 : 127
  if (payload.length < 2 ** 16) header.writeUInt16BE(payload.length, 2)
  else header.writeUInt32BE(payload.length, 6)
  return Buffer.concat([header, payload])
}

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.send!({ origin: `http://127.0.0.1:${port}` })
})
