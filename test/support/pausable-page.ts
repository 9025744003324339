import { createHash } from 'node:crypto'
import { connect, type Socket } from 'node:net'

interface Arrival {
  seq: number
  at: number
}

/** A page that can leave off reading, as one on a lost network does, so that the server's buffers fill. */
export interface PausablePage {
  pause(): void
  resume(): void
  /** Where the last snapshot or patch leads. */
  seq(): number
  /** When each came since the last call, by `performance.now()`. */
  takeArrivals(): Arrival[]
  close(): void
}

const POSITION = /^42\["views:(?:snapshot|patch)",\{.*?"at":\[(\d+),/

/** Resolves when it has its first snapshot. Speaks WebSocket by hand: nothing reads ahead for it. */
export async function pausablePage(origin: string, hello: object): Promise<PausablePage> {
  const { hostname, port, host } = new URL(origin)
  const socket = connect(Number(port), hostname)
  let seq = -1
  let arrivals: Arrival[] = []
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const read = frames((packet) => {
    if (packet === '2') return socket.write(frameOf('3'))
    if (packet.startsWith('0')) return socket.write(frameOf(`40${JSON.stringify(hello)}`))
    if (packet.startsWith('44')) return reject(new Error(packet))
    const [, at] = POSITION.exec(packet) ?? []
    if (at === undefined) return
    seq = Number(at)
    arrivals.push({ seq, at: performance.now() })
    resolve()
  })
  socket.on('data', read).on('error', reject)
  socket.write(handshake(host))
  await promise
  return {
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    seq: () => seq,
    takeArrivals() {
      const taken = arrivals
      arrivals = []
      return taken
    },
    close: () => void (socket as Socket).destroy(),
  }
}

const handshake = (host: string) =>
  [
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
    `host: ${host}`,
    'upgrade: websocket',
    'connection: upgrade',
    'sec-websocket-version: 13',
    `sec-websocket-key: ${createHash('md5').update(host).digest('base64')}`,
    '\r\n',
  ].join('\r\n')

/** Text as a client sends it: masked, here with zeros; shorter than 64 kB. */
function frameOf(text: string): Buffer {
  const body = Buffer.from(text)
  const length =
    body.length < 126 ? [0x80 | body.length] : [0xfe, body.length >> 8, body.length & 255]
  return Buffer.concat([Buffer.from([0x81, ...length, 0, 0, 0, 0]), body])
}

/** Of a packet: which it is, and to which position it leads. The rest, up to 600 kB, is not read. */
const START = 200

/**
 * Cuts what a server sends, behind the answer to the handshake, into packets, and hands over how each begins.
 * What has come of a packet is put together once, when it is whole.
 */
function frames(take: (start: string) => unknown): (bytes: Buffer) => void {
  let parts: Buffer[] = []
  let length = 0
  let wanted = 0
  let isOpen = false
  return (bytes) => {
    parts.push(bytes)
    length += bytes.length
    if (length < wanted) return
    let rest: Buffer = parts.length === 1 ? bytes : Buffer.concat(parts, length)
    if (!isOpen) {
      const end = rest.indexOf('\r\n\r\n')
      if (end >= 0) rest = rest.subarray(end + 4)
      isOpen = end >= 0
    }
    wanted = 0
    while (isOpen) {
      const size = sizeOf(rest)
      wanted = size ? size.head + size.body : 0
      if (!size || rest.length < wanted) break
      take(rest.toString('latin1', size.head, Math.min(wanted, size.head + START)))
      rest = rest.subarray(wanted)
    }
    parts = [rest]
    length = rest.length
  }
}

function sizeOf(bytes: Buffer): { head: number; body: number } | undefined {
  if (bytes.length < 2) return undefined
  const short = bytes[1]! & 127
  if (short < 126) return { head: 2, body: short }
  if (short === 126) return bytes.length < 4 ? undefined : { head: 4, body: bytes.readUInt16BE(2) }
  return bytes.length < 10 ? undefined : { head: 10, body: Number(bytes.readBigUInt64BE(2)) }
}
