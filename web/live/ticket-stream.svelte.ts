import type { Refusal, StreamFilters, StreamPart } from '#shared/wire.ts'
import { elapsed, readClocks, type Reading } from './reading.ts'
import type { BoardSocket } from './socket.ts'
import { addPart, countNew, type StreamLine } from './stream-lines.ts'
import { type Arrivals, countPart, perMinute } from './stream-rate.ts'

/** A refused question is asked again after this long: the server may have been full. */
const AFTER_REFUSAL = 20_000

/**
 * What happens to single tickets, over a board's socket. While it is paused the lines stand still and what
 * comes waits. It is asked for once connected, so that a refusal of it is not one of the board.
 */
export class TicketStream {
  #lines = $state.raw<readonly StreamLine[]>()
  /** What is shown while paused. */
  #frozen = $state.raw<readonly StreamLine[]>()
  #waiting = $state.raw(0)
  #isPaused = $state.raw(false)
  #isCurrent = $state.raw(false)
  #refusal = $state.raw<Refusal>()
  #arrivals = $state.raw<Arrivals>({ since: Infinity, list: [] })

  readonly #socket: BoardSocket
  /** The deployment's clock; undefined before the server was heard. */
  readonly #now: () => number | undefined
  #isConnected = false
  #wanted: StreamFilters | undefined
  #refusedAt: Reading | undefined
  /** The filters of the lines, as text. */
  #of = ''

  constructor(socket: BoardSocket, now: () => number | undefined) {
    this.#socket = socket
    this.#now = now
  }

  /** The newest first; undefined until the first message. */
  get lines(): readonly StreamLine[] | undefined {
    return this.#frozen ?? this.#lines
  }

  /** How many events came since the lines stand still. */
  get waiting(): number {
    return this.#waiting
  }

  get isPaused(): boolean {
    return this.#isPaused
  }

  /** Nothing is missing between the lines and now, but what waits. */
  get isCurrent(): boolean {
    return this.#isCurrent
  }

  get refusal(): Refusal | undefined {
    return this.#refusal
  }

  /** Events of the last minute by the deployment's clock; undefined while that is not known. */
  rate(now: number): number | undefined {
    return perMinute(this.#arrivals, now)
  }

  /** Follows the tickets that pass, or none: then the server tells nothing, and what is here stays. */
  follow(filters: StreamFilters | undefined): void {
    this.#wanted = filters
    this.#ask()
  }

  pause(isPaused: boolean): void {
    if (isPaused === this.#isPaused) return
    this.#isPaused = isPaused
    this.#frozen = isPaused ? this.#lines : undefined
    this.#waiting = 0
  }

  connected(): void {
    this.#isConnected = true
    if (this.#wanted) this.#ask()
  }

  lost(): void {
    this.#isConnected = false
    this.#isCurrent = false
  }

  tick(now: Reading): void {
    if (this.#refusedAt && elapsed(this.#refusedAt, now) > AFTER_REFUSAL) this.#ask()
  }

  /** Only a first message answers a question: what comes before it is of what was followed before. */
  take = (part: StreamPart): void => {
    if (!this.#wanted || (!part.isFirst && !this.#isCurrent)) return
    const lines = addPart(this.#lines ?? [], part)
    this.#arrivals = countPart(this.#arrivals, part, this.#now() ?? 0)
    if (this.#isPaused) this.#hold(lines, part)
    this.#lines = lines
    this.#of = JSON.stringify(this.#wanted)
    this.#isCurrent = true
  }

  /** What stands still gives way to nothing but an answer about other tickets. */
  #hold(lines: readonly StreamLine[], part: StreamPart): void {
    if (!this.#frozen || this.#of !== JSON.stringify(this.#wanted)) {
      this.#frozen = lines
      this.#waiting = 0
    } else if (part.isFirst) this.#waiting = countNew(this.#frozen, part)
    else this.#waiting += part.events.length + part.more
  }

  #ask(): void {
    this.#isCurrent = false
    this.#refusedAt = this.#refusal = undefined
    if (!this.#isConnected) return
    const wanted = this.#wanted
    this.#socket.emit('stream:follow', wanted ?? null, (refusal) => {
      if (!refusal || wanted !== this.#wanted) return
      this.#refusal = refusal
      this.#refusedAt = readClocks()
    })
  }
}
