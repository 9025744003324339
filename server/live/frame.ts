import type { ServerToClient } from '#shared/wire.ts'

/** An event as it goes over the wire: made once, sent to many, and held in memory once. */
export interface Frame {
  /** The packet of Socket.IO. */
  packet: string
  /** Passed on to Engine.IO, which then sends these bytes; it would make the same of the packet. */
  options: { wsPreEncodedFrame: Buffer[] }
  bytes: number
}

const EVENT = '2'
const MESSAGE = '4'

export function frameOf<Event extends keyof ServerToClient>(
  event: Event,
  ...values: Parameters<ServerToClient[Event]>
): Frame {
  const packet = EVENT + JSON.stringify([event, ...values])
  const frame = textFrame(MESSAGE + packet)
  return { packet, options: { wsPreEncodedFrame: [frame] }, bytes: frame.length }
}

const TEXT = 0x81

/** A whole text message of WebSocket, not masked, as a server sends it (RFC 6455, 5.2). */
function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const header = headerOf(length)
  // Written once: a large frame is not copied again.
  const frame = Buffer.allocUnsafeSlow(header.length + length)
  header.copy(frame)
  frame.write(text, header.length)
  return frame
}

function headerOf(length: number): Buffer {
  if (length < 126) return Buffer.from([TEXT, length])
  if (length < 65_536) return Buffer.from([TEXT, 126, length >> 8, length & 255])
  const header = Buffer.alloc(10)
  header.writeUInt8(TEXT, 0)
  header.writeUInt8(127, 1)
  header.writeBigUInt64BE(BigInt(length), 2)
  return header
}
