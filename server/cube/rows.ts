import type { Sums } from '#shared/measures/measure.ts'
import { Counts } from './counts.ts'
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
  fit(window: Window): void
  takeDirty(): Iterable<DirtyRow>
}

/** One row per member of a dimension; a member of whom nothing is counted has none. */
export class MemberRows implements Rows {
  readonly #slots: Slots
  readonly #rows = new Map<number, Counts>()
  readonly #dirty = new Set<number>()
  readonly #labelOf: (member: number) => string

  constructor(slots: Slots, labelOf: (member: number) => string) {
    this.#slots = slots
    this.#labelOf = labelOf
  }

  add(slot: number, _minute: number, member: number, n: number, bin: number): void {
    let counts = this.#rows.get(member)
    if (!counts) this.#rows.set(member, (counts = new Counts(this.#slots)))
    counts.add(slot, n, bin)
    this.#dirty.add(member)
  }

  leave(slot: number, minute: number, member: number, n: number, bin: number): void {
    if (!this.#slots.isStock(slot)) this.add(slot, minute, member, -n, bin)
  }

  fit(): void {}

  *takeDirty(): Iterable<DirtyRow> {
    for (const member of this.#dirty) {
      const counts = this.#rows.get(member)!
      if (counts.isEmpty) this.#rows.delete(member)
      yield [this.#labelOf(member), counts.isEmpty ? undefined : counts]
    }
    this.#dirty.clear()
  }
}

/** A view without a breakdown has totals alone. */
export const noRows: Rows = {
  add() {},
  leave() {},
  fit() {},
  takeDirty: () => [],
}
