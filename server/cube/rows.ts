import type { Sums } from '#shared/measures/measure.ts'
import type { Part } from '#shared/measures/part.ts'
import { Counts } from './counts.ts'
import type { Window } from './window.ts'

/** A contribution as a row sees it: `member` is the row of its combination. */
export interface Counted {
  part: Part
  minute: number
  member: number
  n: number
  bin: number
}

/** A row to be shown again; without sums it is gone. */
export type DirtyRow = readonly [key: string, sums: Sums | undefined]

/** The rows of a view. A flow in them is dated inside the window, a stock's change at any time before its end. */
export interface Rows {
  add(counted: Counted): void
  /** The window moves on, past contributions dated before its new start. */
  leave(counted: Counted): void
  fit(window: Window): void
  takeDirty(): Iterable<DirtyRow>
}

/** One row per member of a dimension; a member of whom nothing is counted has none. */
export class MemberRows implements Rows {
  readonly #rows = new Map<number, Counts>()
  readonly #dirty = new Set<number>()
  readonly #labelOf: (member: number) => string

  constructor(labelOf: (member: number) => string) {
    this.#labelOf = labelOf
  }

  add({ part, member, n, bin }: Counted): void {
    let counts = this.#rows.get(member)
    if (!counts) this.#rows.set(member, (counts = new Counts()))
    counts.add(part, n, bin)
    this.#dirty.add(member)
  }

  leave(counted: Counted): void {
    if (counted.part.kind === 'flow') this.add({ ...counted, n: -counted.n })
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
