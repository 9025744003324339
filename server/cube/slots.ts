import type { Part } from '#shared/measures/part.ts'

const CODES = 64

/** Where each part of a question stands in its rows' arrays. */
export class Slots {
  readonly parts: readonly Part[]
  readonly #byCode = new Int8Array(CODES).fill(-1)
  readonly #isStock: readonly boolean[]
  readonly #hasBins: readonly boolean[]

  constructor(parts: readonly Part[]) {
    this.parts = parts
    this.#isStock = parts.map((part) => part.kind === 'stock')
    this.#hasBins = parts.map((part) => part.hasBins === true)
    for (const [slot, { code }] of parts.entries()) this.#byCode[code] = slot
  }

  /** −1 for a part that is not asked for. */
  of(code: number): number {
    return this.#byCode[code]!
  }

  isStock(slot: number): boolean {
    return this.#isStock[slot]!
  }

  hasBins(slot: number): boolean {
    return this.#hasBins[slot]!
  }
}
