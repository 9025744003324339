import type { Refusal } from '#shared/wire.ts'
import { allowance } from './allowance.ts'
import { latestOnly } from './latest-only.ts'
import { isFull, type LiveSocket, send } from './live-socket.ts'
import type { Reader } from './reader.ts'

/** Who loses its socket may read for so long what waits. */
const LAST_WORDS = 1000
/** So often a page's questions are answered. */
const CHANGES = { atOnce: 10, aSecond: 2 }

type RefusalFor = (error: unknown) => Refusal

interface Asked {
  asked: unknown
  answer: (refusal?: Refusal) => void
}

/** A socket as those see it who send something of their own over it. */
export function readerOf(socket: LiveSocket, refusalFor: RefusalFor): Reader {
  const { conn } = socket
  return {
    request: socket.request,
    hello: socket.handshake.auth,
    get isGone() {
      return !socket.connected
    },
    send: (frame) => socket.connected && send(socket, frame),
    isFull: () => isFull(socket),
    onIdle: (listener) => void conn.on('drain', listener),
    onGone: (listener) => void socket.on('disconnect', listener),
    onAsked(event, listener) {
      const mayAsk = allowance(CHANGES)
      const asking = latestOnly<Asked>({
        mayRun: () => !isFull(socket) && mayAsk(),
        run: ({ asked, answer }) =>
          void Promise.try(listener, asked).then(
            () => answer(),
            (error: unknown) => answer(refusalFor(error)),
          ),
        overtake: ({ answer }) => answer({ error: 'A later question has overtaken this one.' }),
      })
      socket.on('disconnect', () => asking.stop())
      socket.on(event, (asked: unknown, ack: unknown) => {
        const answer = (refusal?: Refusal) =>
          typeof ack === 'function' && ack(...(refusal ? [refusal] : []))
        asking.ask({ asked, answer })
      })
    },
    hangUp() {
      socket.disconnect(true)
      setTimeout(() => conn.close(true), LAST_WORDS).unref()
    },
  }
}
