import { dimensions } from '#shared/ticket.ts'
import type { Combination } from '../journal/delta.ts'

const WIDTH = dimensions.length

/** Combinations of dimensions that occur, each under a small number that never changes. */
export class Combinations {
  /** The members of one after the other. */
  #members = new Int32Array(256 * WIDTH)
  /** Where a combination is found: its number and one, at its hash or at the next place that is free. */
  #table = new Int32Array(1024)
  #size = 0

  get size(): number {
    return this.#size
  }

  intern(combination: Combination): number {
    const mask = this.#table.length - 1
    for (let at = hashOf(combination) & mask; ; at = (at + 1) & mask) {
      const id = this.#table[at]! - 1
      if (id < 0) return this.#add(combination, at)
      if (this.#is(id, combination)) return id
    }
  }

  /** Writes the member ids of a combination into `members`, in the order of `dimensions`. */
  readMembers(id: number, members: number[]): void {
    for (let place = 0; place < WIDTH; place++) members[place] = this.#members[id * WIDTH + place]!
  }

  /** One of them. */
  memberAt(id: number, place: number): number {
    return this.#members[id * WIDTH + place]!
  }

  #is(id: number, combination: Combination): boolean {
    for (let place = 0; place < WIDTH; place++) {
      if (this.#members[id * WIDTH + place] !== combination[place]) return false
    }
    return true
  }

  #add(combination: Combination, at: number): number {
    const id = this.#size++
    if (this.#members.length < this.#size * WIDTH) this.#members = doubled(this.#members)
    for (let place = 0; place < WIDTH; place++) {
      this.#members[id * WIDTH + place] = combination[place]!
    }
    this.#table[at] = id + 1
    if (2 * this.#size > this.#table.length) this.#spread()
    return id
  }

  /** Into a table twice as large, so that every second place stays free. */
  #spread(): void {
    const table = new Int32Array(2 * this.#table.length)
    const mask = table.length - 1
    const members: number[] = []
    for (let id = 0; id < this.#size; id++) {
      this.readMembers(id, members)
      let at = hashOf(members) & mask
      while (table[at] !== 0) at = (at + 1) & mask
      table[at] = id + 1
    }
    this.#table = table
  }
}

function doubled(from: Int32Array): Int32Array<ArrayBuffer> {
  const to = new Int32Array(2 * from.length)
  to.set(from)
  return to
}

/** Each id is multiplied by an odd number and its high bits are folded in, so that all of them count. */
function hashOf(combination: Combination): number {
  let hash = 0
  for (let place = 0; place < WIDTH; place++) {
    hash = Math.imul(hash ^ combination[place]!, 0x9e3779b1)
    hash ^= hash >>> 15
  }
  return hash
}
