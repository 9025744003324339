import { WebSocket } from 'ws'
import type { ViewSpec } from '#shared/view.ts'
import { protocol } from '#shared/wire.ts'

/**
 * A WebSocket on which Engine.IO is spoken by hand, so that a test may speak it wrongly. Tests open thousands: Node's
 * own, which asks as `fetch` does, is as much work again as the server.
 */
export async function rawSocket(origin: string, headers: Record<string, string> = {}) {
  const url = `${origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
  const socket = new WebSocket(url, { headers, perMessageDeflate: false })
  const heard: string[] = []
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  let news = Promise.withResolvers<void>()
  const tell = () => {
    news.resolve()
    news = Promise.withResolvers()
  }
  socket.onmessage = ({ data }) => {
    if (data === '2') return socket.send('3')
    heard.push(String(data))
    tell()
  }
  socket.onclose = () => {
    resolve()
    tell()
  }
  // What fails is closed too.
  socket.onerror = () => {}
  await Promise.race([new Promise((opened) => (socket.onopen = opened)), closed])

  return {
    socket,
    closed,
    /** Packets so far, without pings. */
    heard,
    /** Resolves with the next packet, and when it is closed. */
    news: () => news.promise,
    send: (data: string | Uint8Array<ArrayBuffer>) => socket.send(data),
    close: () => socket.close(),
    [Symbol.dispose]: () => socket.close(),
  }
}

export type RawSocket = Awaited<ReturnType<typeof rawSocket>>

/** Asks to watch, and answers what comes first: `snapshot`, the words of a refusal, or `closed`. */
export async function askToWatch(raw: RawSocket, views: readonly ViewSpec[]): Promise<string> {
  raw.send(`40${JSON.stringify({ protocol, views })}`)
  for (;;) {
    const refusal = raw.heard.find((packet) => packet.startsWith('44'))
    if (refusal) return (JSON.parse(refusal.slice(2)) as { message: string }).message
    if (raw.heard.some((packet) => packet.startsWith('42["views:snapshot"'))) return 'snapshot'
    if (raw.socket.readyState === WebSocket.CLOSED) return 'closed'
    await raw.news()
  }
}
