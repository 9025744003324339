import type { StreamPart } from '#shared/wire.ts'
import { type Frame, frameOf } from './frame.ts'

/** Where single tickets are told of; what they are is none of the sockets' business. */
export interface StreamSource {
  roomOf(filters: unknown): string
  enter(room: string): Promise<void>
  leave(room: string): void
  firstPart(room: string): StreamPart
  isAllowed(room: string): boolean
  onPart: (room: string, part: StreamPart) => void
}

interface Following {
  room: string
  /** It has the first message; else it waits for it, or could not keep up. */
  isCurrent: boolean
}

interface Sending<Reader> {
  send: (reader: Reader, frame: Frame) => void
  /** True when so much waits for a reader that it is told no more. */
  isFull: (reader: Reader) => boolean
  /** True when nothing waits for it. */
  isIdle: (reader: Reader) => boolean
  hangUp: (reader: Reader) => void
}

/**
 * Who follows single tickets. A message is encoded once for all of a room; who cannot keep up misses some
 * and is told the last ones anew when it can.
 */
export class Followers<Reader extends object> {
  readonly #stream: StreamSource
  readonly #sending: Sending<Reader>
  readonly #following = new Map<Reader, Following>()
  /** What each asked for last. */
  readonly #wishes = new WeakMap<Reader, object>()

  constructor(stream: StreamSource, sending: Sending<Reader>) {
    this.#stream = stream
    this.#sending = sending
    stream.onPart = (room, part) => this.#publish(room, part)
  }

  /** Throws an HttpError or a ZodError, and leaves things as they were. */
  async follow(reader: Reader, room: string): Promise<void> {
    const wish = {}
    this.#wishes.set(reader, wish)
    try {
      await this.#stream.enter(room)
    } catch (error) {
      this.#stream.leave(room)
      throw error
    }
    // Meanwhile it may have gone, or asked for something else.
    if (this.#wishes.get(reader) !== wish) return this.#stream.leave(room)
    this.#forget(reader)
    const following = { room, isCurrent: false }
    this.#following.set(reader, following)
    this.#begin(reader, following)
  }

  leave(reader: Reader): void {
    this.#wishes.delete(reader)
    this.#forget(reader)
  }

  #forget(reader: Reader): void {
    const following = this.#following.get(reader)
    if (!following) return
    this.#following.delete(reader)
    this.#stream.leave(following.room)
  }

  /** Begins anew with those who can read again. */
  sort(): void {
    for (const [reader, following] of this.#following) {
      if (!following.isCurrent && this.#sending.isIdle(reader)) this.#begin(reader, following)
    }
  }

  /** Hangs up on those who may no longer see what they follow: asking again, they are told why. */
  endClosed(): void {
    const rooms = new Set([...this.#following.values()].map(({ room }) => room))
    const closed = new Set([...rooms].filter((room) => !this.#stream.isAllowed(room)))
    if (closed.size === 0) return
    for (const [reader, { room }] of this.#following) {
      if (closed.has(room)) this.#sending.hangUp(reader)
    }
  }

  #begin(reader: Reader, following: Following): void {
    following.isCurrent = true
    this.#sending.send(reader, frameOf('stream', this.#stream.firstPart(following.room)))
  }

  #publish(room: string, part: StreamPart): void {
    let frame: Frame | undefined
    for (const [reader, following] of this.#following) {
      if (following.room !== room || !following.isCurrent) continue
      if (this.#sending.isFull(reader)) following.isCurrent = false
      else this.#sending.send(reader, (frame ??= frameOf('stream', part)))
    }
  }
}
