import type { IncomingMessage } from 'node:http'
import type { Frame } from './frame.ts'

/** One socket, as those see it who send something of their own over it. */
export interface Reader {
  /** Of the handshake, its headers alone: their cookies tell who reads. */
  readonly request: Pick<IncomingMessage, 'headers'>
  readonly isGone: boolean
  send(frame: Frame): void
  /** True when so much waits for it that it is told no more. */
  isFull(): boolean
  /** Called whenever nothing waits for it any more. */
  onIdle(listener: () => void): void
  onGone(listener: () => void): void
  /** Answers an event of its own with an ack; what the listener throws is a refusal. */
  onAsked(event: 'records:follow', listener: (asked: unknown) => Promise<void>): void
  /** What waits for it has a second; it gets no more from this moment on. */
  hangUp(): void
}

/** Who sends something of its own over every socket. */
export interface Companion {
  /** At the door; throws an HttpError or a ZodError for a handshake that cannot be served. */
  check?(hello: unknown): void
  /** The socket is open, and has the snapshot of its views; `hello` is what the page sent with the handshake. */
  arrive(reader: Reader, hello: unknown): void
}
