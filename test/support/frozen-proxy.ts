import { connect, createServer, type Socket } from 'node:net'
import { listen } from '../../server/listen.ts'
import type { Server } from 'node:http'
import { TLSSocket } from 'node:tls'
import { cert, key } from './certificate.ts'
import { overPort } from './database.ts'

/** A way to a PostgreSQL, with TLS or without, on which connections can die without a word, as when a cable is cut. */
export async function frozenProxy(url: string, { isSecure = false } = {}) {
  const target = new URL(overPort(url))
  const place = { host: target.hostname, port: Number(target.port) }
  const open = new Set<Socket>()
  const nearby = new Set<Socket>()
  let freezeAll = () => {}
  let muteAll = () => {}
  const server = createServer((arrived) => void take(arrived))

  async function take(arrived: Socket): Promise<void> {
    nearby.add(arrived)
    arrived.on('error', () => {})
    const near = isSecure ? await secured(arrived) : arrived
    const far = connect(place)
    let isFrozen = false
    const before = freezeAll
    freezeAll = () => {
      isFrozen = true
      before()
    }
    let isMute = false
    const muteOthers = muteAll
    muteAll = () => {
      isMute = true
      muteOthers()
    }
    pass(near, far)
    pass(far, near)

    function pass(from: Socket, to: Socket): void {
      open.add(from)
      const isStill = () => isFrozen || (isMute && from === far)
      from.on('data', (bytes) => isStill() || to.write(bytes))
      from.on('error', () => {})
      from.on('close', () => isFrozen || isMute || to.destroy())
    }
  }

  const port = await listen(server as unknown as Server, { port: 0, host: '127.0.0.1' })
  target.host = `127.0.0.1:${port}`

  if (isSecure) target.searchParams.set('sslmode', 'require')

  return {
    url: target.href,
    /** Connections that are open now pass nothing on from now on; new ones do. */
    freeze: () => freezeAll(),
    /** On connections that are open now questions arrive from now on, and no answer comes back. */
    mute: () => muteAll(),
    /** Connections that are open now end as those to a process that is killed. */
    reset() {
      for (const socket of nearby) socket.resetAndDestroy()
      nearby.clear()
    },
    async [Symbol.asyncDispose]() {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}

/** PostgreSQL is asked for TLS in eight bytes, and answers in one. */
async function secured(socket: Socket): Promise<Socket> {
  await new Promise((resolve) => socket.once('data', resolve))
  socket.write('S')
  return new TLSSocket(socket, { isServer: true, cert, key })
}
