import { dimensions } from '#shared/ticket.ts'
import type { Combination } from '../journal/delta.ts'

/** Combinations of dimensions that occur, each under a small number that never changes. */
export class Combinations {
  readonly #ids = new Map<string, number>()
  readonly #members: Combination[] = []

  get size(): number {
    return this.#members.length
  }

  intern(combination: Combination): number {
    const name = combination.join()
    const known = this.#ids.get(name)
    if (known !== undefined) return known
    const id = this.#members.length
    this.#ids.set(name, id)
    this.#members.push(combination.slice(0, dimensions.length))
    return id
  }

  /** The member ids of a combination, in the order of `dimensions`. */
  membersOf(id: number): Combination {
    return this.#members[id]!
  }
}
