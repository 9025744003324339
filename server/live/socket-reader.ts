import type { Refusal } from '#shared/wire.ts'
import { allowance } from './allowance.ts'
import { answerAsked } from './answer-asked.ts'
import type { Frame } from './frame.ts'
import { isFull, type LiveSocket, send } from './live-socket.ts'
import type { Reader } from './reader.ts'

/** Who loses its socket may read for so long what waits. */
const LAST_WORDS = 1000
/** So often a page's questions are answered. */
const CHANGES = { atOnce: 10, aSecond: 2 }

/** A socket as those see it who send something of their own over it. Thousands stay: each is small. */
export class SocketReader implements Reader {
  readonly request: Reader['request']
  readonly #socket: LiveSocket
  readonly #refusalFor: (error: unknown) => Refusal

  constructor(socket: LiveSocket, refusalFor: (error: unknown) => Refusal) {
    this.request = { headers: socket.request.headers }
    this.#socket = socket
    this.#refusalFor = refusalFor
  }

  get isGone(): boolean {
    return !this.#socket.connected
  }

  send(frame: Frame): void {
    if (this.#socket.connected) send(this.#socket, frame)
  }

  isFull(): boolean {
    return isFull(this.#socket)
  }

  onIdle(listener: () => void): void {
    this.#socket.conn.on('drain', listener)
  }

  onGone(listener: () => void): void {
    this.#socket.on('disconnect', listener)
  }

  onAsked(event: 'records:follow', run: (wanted: unknown) => Promise<void>): void {
    const mayAsk = allowance(CHANGES)
    answerAsked(this.#socket, event, { mayAsk, run, refusalFor: this.#refusalFor })
  }

  hangUp(): void {
    const { conn } = this.#socket
    this.#socket.disconnect(true)
    setTimeout(() => conn.close(true), LAST_WORDS).unref()
  }
}
