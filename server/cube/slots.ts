import type { Part } from '#shared/measures/part.ts'

const CODES = 64

/** Where each part of a question stands in its rows' arrays. */
export class Slots {
  readonly parts: readonly Part[]
  readonly #byCode = new Int8Array(CODES).fill(-1)
  /** Some part is known of the present alone. */
  readonly hasNow: boolean
  readonly #kinds: readonly Part['kind'][]
  readonly #hasBins: readonly boolean[]

  constructor(parts: readonly Part[]) {
    this.parts = parts
    this.#kinds = parts.map((part) => part.kind)
    this.hasNow = this.#kinds.includes('now')
    this.#hasBins = parts.map((part) => part.hasBins === true)
    for (const [slot, { code }] of parts.entries()) this.#byCode[code] = slot
  }

  /** −1 for a part that is not asked for. */
  of(code: number): number {
    return this.#byCode[code]!
  }

  isStock(slot: number): boolean {
    return this.#kinds[slot] === 'stock'
  }

  isNow(slot: number): boolean {
    return this.#kinds[slot] === 'now'
  }

  hasBins(slot: number): boolean {
    return this.#hasBins[slot]!
  }
}
