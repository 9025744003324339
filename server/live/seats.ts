import type { Refusal } from '#shared/wire.ts'
import { type GuestLimits, Guests } from './guests.ts'

interface Seat {
  address: string
  /** False of one who is only told why it gets none. */
  isSeated: boolean
  /** A socket sits there. */
  isTaken: boolean
}

/** The connections, each with its place: whose it is, and what of this server its address takes. */
export class Seats<Connection extends object> {
  readonly #guests: Guests
  readonly #seats = new WeakMap<Connection, Seat>()
  readonly #onRefused: (limit: 'sockets' | 'views') => void

  constructor(limits: GuestLimits, onRefused: (limit: 'sockets' | 'views') => void) {
    this.#guests = new Guests(limits)
    this.#onRefused = onRefused
  }

  mayCome(address: string): boolean {
    return this.#guests.mayCome(address)
  }

  /** Answers whether it got a seat, and how to give its place back. */
  arrive(connection: Connection, address: string): { isSeated: boolean; leave: () => void } {
    const { isSeated, leave } = this.#guests.arrive(address)
    this.#seats.set(connection, { address, isSeated, isTaken: false })
    return { isSeated, leave }
  }

  /** Why the connection gets no socket: Socket.IO would give it as many as it asks for, and each may watch. */
  refusal(connection: Connection): Refusal | undefined {
    const seat = this.#seats.get(connection)
    if (seat?.isTaken) return { error: 'This connection has a socket.' }
    if (seat?.isSeated) return undefined
    this.#onRefused('sockets')
    return { error: this.#guests.full }
  }

  take(connection: Connection): void {
    this.#seats.get(connection)!.isTaken = true
  }

  free(connection: Connection): void {
    this.#seats.get(connection)!.isTaken = false
  }

  /** Throws a 429 when its address would watch more different views than it may. */
  requireSpace(connection: Connection, keys: readonly string[]): void {
    try {
      this.#guests.requireSpace(this.#addressOf(connection), keys)
    } catch (error) {
      this.#onRefused('views')
      throw error
    }
  }

  /** To be given back by `forget` as often. */
  watch(connection: Connection, keys: readonly string[]): void {
    this.#guests.watch(this.#addressOf(connection), keys)
  }

  forget(connection: Connection, keys: readonly string[]): void {
    this.#guests.forget(this.#addressOf(connection), keys)
  }

  #addressOf(connection: Connection): string {
    return this.#seats.get(connection)!.address
  }
}
