import type { Histogram } from '#shared/measures/duration-bins.ts'
import type { Sums } from '#shared/measures/measure.ts'
import type { Part } from '#shared/measures/part.ts'
import { Bins } from './bins.ts'
import type { Slots } from './slots.ts'

/** What is counted of each part in one row of a view. */
export class Counts implements Sums {
  readonly #slots: Slots
  readonly #sums: number[]
  #bins: Bins[] | undefined

  constructor(slots: Slots) {
    this.#slots = slots
    this.#sums = new Array<number>(slots.parts.length).fill(0)
  }

  add(slot: number, n: number, bin: number): void {
    this.#sums[slot]! += n
    if (this.#slots.hasBins(slot)) this.#binsOf(slot).add(bin, n)
  }

  at(slot: number): number {
    return this.#sums[slot]!
  }

  sum(part: Part): number {
    return this.#sums[this.#slots.of(part.code)]!
  }

  histogram(part: Part): Histogram {
    return this.#bins?.[this.#slots.of(part.code)]?.pairs() ?? []
  }

  /** Nothing is counted: every sum is zero. */
  get isEmpty(): boolean {
    return this.#sums.every((sum) => sum === 0)
  }

  #binsOf(slot: number): Bins {
    this.#bins ??= []
    return (this.#bins[slot] ??= new Bins())
  }
}
