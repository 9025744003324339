import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

/** What opens a frame that holds one whole text. */
const TEXT = 0x81
/** A client's frames are masked; nothing says that the mask must be hard to guess. */
const MASK = 0x80

/** Sees the payload of each text; the bytes are only there until it returns. */
export type Take = (bytes: Buffer, start: number, end: number) => void

export interface Framed {
  send(text: string): void
  /** Rejects when the server hangs up. */
  closed: Promise<never>
}

/**
 * A WebSocket of which nothing is decoded: thousands of readers must cost the machine as little as
 * they can, since real ones bring their own processors.
 */
export async function openFramed(origin: string, path: string, take: Take): Promise<Framed> {
  const { hostname, port } = new URL(origin)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  const closed = new Promise<never>((_, reject) => {
    socket.once('close', () => reject(new Error('A socket was closed.')))
    socket.once('error', reject)
  })
  closed.catch(() => {})
  await Promise.race([upgrade(socket, { hostname, path, take }), closed])
  return { send: (text) => void socket.write(textFrame(text)), closed }
}

interface Upgrade {
  hostname: string
  path: string
  take: Take
}

function upgrade(socket: Socket, { hostname, path, take }: Upgrade): Promise<void> {
  const key = randomBytes(16).toString('base64')
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  )
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0)
    const onHead = (chunk: Buffer) => {
      head = Buffer.concat([head, chunk])
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      socket.off('data', onHead)
      const status = head.toString('latin1', 0, head.indexOf('\r\n'))
      if (!status.includes(' 101 ')) return reject(new Error(`The server answers ${status}.`))
      const read = frameReader(take)
      socket.on('data', read)
      resolve()
      if (end + 4 < head.length) read(head.subarray(end + 4))
    }
    socket.on('data', onHead)
  })
}

/** Cuts what arrives into frames. Keeps bytes only of a frame that has not come whole. */
function frameReader(take: Take): (chunk: Buffer) => void {
  let parts: Buffer[] = []
  let held = 0
  let needed = 2

  return (chunk) => {
    parts.push(chunk)
    held += chunk.length
    if (held < needed) return
    const bytes = parts.length === 1 ? chunk : Buffer.concat(parts)
    let at = 0
    for (;;) {
      needed = neededAt(bytes, at)
      if (at + needed > bytes.length) break
      if (bytes[at] === TEXT) take(bytes, at + headerAt(bytes, at), at + needed)
      at += needed
    }
    parts = at < bytes.length ? [bytes.subarray(at)] : []
    held = bytes.length - at
  }
}

/** Bytes of the frame at `at`, as far as what is there tells. */
function neededAt(bytes: Buffer, at: number): number {
  const header = at + 2 > bytes.length ? 2 : headerAt(bytes, at)
  if (at + header > bytes.length) return header
  return header + payloadAt(bytes, at)
}

function headerAt(bytes: Buffer, at: number): number {
  const short = bytes[at + 1]!
  if (short === 127) return 10
  return short === 126 ? 4 : 2
}

function payloadAt(bytes: Buffer, at: number): number {
  const short = bytes[at + 1]!
  if (short === 127) return bytes.readUInt32BE(at + 6)
  return short === 126 ? bytes.readUInt16BE(at + 2) : short
}

/** Masked with zeros, which changes nothing. */
function textFrame(text: string): Buffer {
  const payload = Buffer.from(text)
  const { length } = payload
  const header =
    length < 126 ? [TEXT, MASK | length] : [TEXT, MASK | 126, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([...header, 0, 0, 0, 0]), payload])
}
