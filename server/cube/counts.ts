import type { Ages } from '#shared/measures/ages.ts'
import type { Histogram } from '#shared/measures/duration-bins.ts'
import type { Sums } from '#shared/measures/measure.ts'
import type { Part } from '#shared/measures/part.ts'
import { Bins } from './bins.ts'
import { Moments } from './moments.ts'
import type { Slots } from './slots.ts'

const NO_AGES: Ages = { count: 0, at: () => 0 }

/** The end of the running minute while a view's window ends there; undefined of the past. */
export interface Now {
  minute: number | undefined
}

/** What is counted of each part in one row of a view. */
export class Counts implements Sums {
  readonly #slots: Slots
  readonly #sums: number[]
  readonly #now: Now | undefined
  #bins: Bins[] | undefined
  #moments: Moments[] | undefined

  /** A row that lies in the past has no `now`. */
  constructor(slots: Slots, now?: Now) {
    this.#slots = slots
    this.#now = now
    this.#sums = new Array<number>(slots.parts.length).fill(0)
  }

  add(slot: number, n: number, bin: number): void {
    this.#sums[slot]! += n
    if (this.#slots.hasBins(slot)) this.#binsOf(slot).add(bin, n)
  }

  /** Adds what is so now to a part that is known of the present alone. */
  addNow(slot: number, minute: number, n: number): void {
    this.#momentsOf(slot).add(minute, n)
  }

  /** The same of many at once, in ascending order. */
  fillNow(slot: number, minutes: Int32Array): void {
    this.#momentsOf(slot).fill(minutes)
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

  ages(part: Part): Ages | null {
    const minute = this.#now?.minute
    if (minute === undefined) return null
    return this.#moments?.[this.#slots.of(part.code)]?.agesAt(minute) ?? NO_AGES
  }

  /** Nothing is counted: every sum is zero. */
  get isEmpty(): boolean {
    return this.#sums.every((sum) => sum === 0)
  }

  /** Nothing is kept here at all. */
  get isUnused(): boolean {
    return this.isEmpty && (this.#moments?.every((moments) => moments.isEmpty) ?? true)
  }

  #momentsOf(slot: number): Moments {
    this.#moments ??= []
    return (this.#moments[slot] ??= new Moments())
  }

  #binsOf(slot: number): Bins {
    this.#bins ??= []
    return (this.#bins[slot] ??= new Bins())
  }
}
