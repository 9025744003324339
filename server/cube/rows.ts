import type { Sums } from '#shared/measures/measure.ts'
import { Counts, type Now } from './counts.ts'
import type { Slots } from './slots.ts'
import type { Window } from './window.ts'

/** A row to be shown again; without sums it is gone. */
export type DirtyRow = readonly [key: string, sums: Sums | undefined]

/**
 * The rows of a view. `member` is the row of a contribution's combination. A flow in them is dated
 * inside the window, a stock's change at any time before its end.
 */
export interface Rows {
  add(slot: number, minute: number, member: number, n: number, bin: number): void
  /** The window moves on, past a contribution dated before its new start. */
  leave(slot: number, minute: number, member: number, n: number, bin: number): void
  /** Counts what is so now; a row of the past does not know it. */
  addNow(slot: number, minute: number, member: number, n: number): void
  /** The same of many at once, in ascending order of their minutes. */
  fillNow(slot: number, member: number, minutes: Int32Array): void
  fit(window: Window): void
  takeDirty(): Iterable<DirtyRow>
}

interface LastRow {
  member: number
  counts: Counts | undefined
}

const NO_ROW: LastRow = { member: -1, counts: undefined }

/** One row per member of a dimension; a member of whom nothing is counted has none. */
export class MemberRows implements Rows {
  readonly #slots: Slots
  readonly #rows = new Map<number, Counts>()
  readonly #dirty = new Set<number>()
  #last: LastRow = NO_ROW
  readonly #labelOf: (member: number) => string
  readonly #now: Now

  constructor(slots: Slots, labelOf: (member: number) => string, now: Now) {
    this.#slots = slots
    this.#now = now
    this.#labelOf = labelOf
  }

  add(slot: number, _minute: number, member: number, n: number, bin: number): void {
    this.#changed(member).add(slot, n, bin)
  }

  addNow(slot: number, minute: number, member: number, n: number): void {
    this.#changed(member).addNow(slot, minute, n)
  }

  fillNow(slot: number, member: number, minutes: Int32Array): void {
    this.#changed(member).fillNow(slot, minutes)
  }

  leave(slot: number, minute: number, member: number, n: number, bin: number): void {
    if (!this.#slots.isStock(slot)) this.add(slot, minute, member, -n, bin)
  }

  /** Whatever is open grows older as the window moves on. */
  fit(): void {
    if (this.#slots.hasNow) for (const member of this.#rows.keys()) this.#dirty.add(member)
  }

  *takeDirty(): Iterable<DirtyRow> {
    this.#last = NO_ROW
    for (const member of this.#dirty) {
      const counts = this.#rows.get(member)!
      if (counts.isUnused) this.#rows.delete(member)
      yield [this.#labelOf(member), counts.isEmpty ? undefined : counts]
    }
    this.#dirty.clear()
  }

  /** What is counted at once comes row by row: the last one need not be looked up again. */
  #changed(member: number): Counts {
    if (member === this.#last.member) return this.#last.counts!
    let counts = this.#rows.get(member)
    if (!counts) this.#rows.set(member, (counts = new Counts(this.#slots, this.#now)))
    this.#dirty.add(member)
    this.#last = { member, counts }
    return counts
  }
}

/** A view without a breakdown has totals alone. */
export const noRows: Rows = {
  add() {},
  leave() {},
  addNow() {},
  fillNow() {},
  fit() {},
  takeDirty: () => [],
}
