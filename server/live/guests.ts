import { HttpError } from '../http/errors.ts'

export interface GuestLimits {
  /** Sockets that one address may have. */
  sockets: number
  /** Different views that one address may watch. */
  views: number
}

/** Who may have no socket may stay so many at once, to be told why. */
const AT_THE_DOOR = 1000

interface Guest {
  seated: number
  atTheDoor: number
  /** Sockets that watch it, by the view's key. */
  views: Map<string, number>
}

/** What each address takes of this server, so that none takes all of it. */
export class Guests {
  readonly #limits: GuestLimits
  readonly #guests = new Map<string, Guest>()

  constructor(limits: GuestLimits) {
    this.#limits = limits
  }

  /** False when so many of this address wait at the door that one more is not even told why. */
  mayCome(address: string): boolean {
    return (this.#guests.get(address)?.atTheDoor ?? 0) < AT_THE_DOOR
  }

  /** Takes a seat if one is left. Answers whether it did, and how to give it back. */
  arrive(address: string): { isSeated: boolean; leave: () => void } {
    const guest = this.#guests.get(address) ?? { seated: 0, atTheDoor: 0, views: new Map() }
    this.#guests.set(address, guest)
    const isSeated = guest.seated < this.#limits.sockets
    const place = isSeated ? 'seated' : 'atTheDoor'
    guest[place]++
    return {
      isSeated,
      leave: () => {
        guest[place]--
        if (guest.seated + guest.atTheDoor === 0) this.#guests.delete(address)
      },
    }
  }

  /** Throws a 429 when the address would watch more different views than it may. */
  requireSpace(address: string, keys: readonly string[]): void {
    const views = this.#guests.get(address)?.views ?? new Map<string, number>()
    const fresh = new Set(keys.filter((key) => !views.has(key)))
    if (fresh.size === 0 || views.size + fresh.size <= this.#limits.views) return
    throw new HttpError(429, `Your address watches ${views.size} different views already.`)
  }

  /** To be given back by `forget` as often. */
  watch(address: string, keys: readonly string[]): void {
    this.requireSpace(address, keys)
    const views = this.#guests.get(address)?.views
    for (const key of keys) views?.set(key, (views.get(key) ?? 0) + 1)
  }

  forget(address: string, keys: readonly string[]): void {
    const views = this.#guests.get(address)?.views
    for (const key of keys) {
      const left = (views?.get(key) ?? 1) - 1
      if (left > 0) views!.set(key, left)
      else views?.delete(key)
    }
  }

  get full(): string {
    return `From your address ${this.#limits.sockets} pages are open already, and this server serves no more of them.`
  }
}
