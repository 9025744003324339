import type { Sums } from '#shared/measures/measure.ts'
import type { TimeBreakdown } from '#shared/view.ts'
import type { Calendar } from './calendar.ts'
import { Counts } from './counts.ts'
import type { DirtyRow, Rows } from './rows.ts'
import type { Slots } from './slots.ts'
import { isoMinutes, type Window } from './window.ts'

/** The row that was counted in last: the next contribution is most often of the same. */
interface Here {
  from: number
  to: number
  counts: Counts
}

const NOWHERE = { from: 0, to: 0 } as Here

/**
 * One row per minute, hour or day, without gaps. A row holds what changed in it; a stock's value at
 * its end is what was there at the window's start and all changes up to it.
 */
export class TimeRows implements Rows {
  readonly #slots: Slots
  readonly #unit: TimeBreakdown
  readonly #calendar: Calendar
  /** In ascending order of their start. */
  readonly #rows = new Map<number, Counts>()
  readonly #opening: Counts
  readonly #dirty = new Set<number>()
  readonly #gone = new Set<number>()
  /** Stocks must be shown again from this row on. */
  #stocksDirtyFrom = Infinity
  readonly #textOf = isoMinutes()
  #window: Window = { start: 0, end: 0 }
  #next: number | undefined
  #here = NOWHERE

  constructor(slots: Slots, unit: TimeBreakdown, calendar: Calendar) {
    this.#slots = slots
    this.#unit = unit
    this.#calendar = calendar
    this.#opening = new Counts(slots)
  }

  fit(window: Window): void {
    this.#window = window
    this.#here = NOWHERE
    if (window.start === window.end) return
    const first = this.#calendar.binOf(this.#unit, window.start)
    for (const start of this.#rows.keys()) {
      if (start >= first) break
      this.#rows.delete(start)
      this.#gone.add(start)
    }
    let bin = this.#next ?? first
    for (; bin < window.end; bin = this.#calendar.nextBin(this.#unit, bin)) {
      this.#rows.set(bin, new Counts(this.#slots))
      this.#dirty.add(bin)
    }
    this.#next = bin
  }

  add(slot: number, minute: number, _member: number, n: number, bin: number): void {
    if (minute < this.#window.start) {
      this.#opening.add(slot, n, bin)
      this.#stocksDirtyFrom = -Infinity
      return
    }
    const row = this.#rowAt(minute)
    row.counts.add(slot, n, bin)
    if (this.#slots.isStock(slot)) this.#stocksDirtyFrom = Math.min(this.#stocksDirtyFrom, row.from)
    else this.#dirty.add(row.from)
  }

  leave(slot: number, minute: number, _member: number, n: number, bin: number): void {
    const row = this.#rowAt(minute)
    row.counts.add(slot, -n, bin)
    // A stock's change stays in every later value: it moves from the row to what was there before.
    if (this.#slots.isStock(slot)) this.#opening.add(slot, n, bin)
    else this.#dirty.add(row.from)
  }

  addNow(): void {}

  fillNow(): void {}

  *takeDirty(): Iterable<DirtyRow> {
    for (const start of this.#gone) yield [this.#textOf(start), undefined]
    const stocks = this.#slots.parts.flatMap((part, slot) => (part.kind === 'stock' ? [slot] : []))
    yield* stocks.length > 0 ? this.#dirtyWithStocks(stocks) : this.#dirtyFlows()
    this.#gone.clear()
    this.#dirty.clear()
    this.#stocksDirtyFrom = Infinity
  }

  *#dirtyFlows(): Iterable<DirtyRow> {
    for (const start of this.#dirty) {
      const counts = this.#rows.get(start)
      if (counts) yield [this.#textOf(start), counts]
    }
  }

  *#dirtyWithStocks(stocks: readonly number[]): Iterable<DirtyRow> {
    const levels = new Map(stocks.map((slot) => [slot, this.#opening.at(slot)]))
    for (const [start, counts] of this.#rows) {
      for (const slot of stocks) levels.set(slot, levels.get(slot)! + counts.at(slot))
      if (start >= this.#stocksDirtyFrom || this.#dirty.has(start)) {
        yield [this.#textOf(start), this.#withLevels(counts, levels)]
      }
    }
  }

  #withLevels(counts: Counts, levels: ReadonlyMap<number, number>): Sums {
    return {
      sum: (part) => levels.get(this.#slots.of(part.code)) ?? counts.sum(part),
      histogram: (part) => counts.histogram(part),
      ages: () => null,
    }
  }

  #rowAt(minute: number): Here {
    if (minute >= this.#here.from && minute < this.#here.to) return this.#here
    const from = this.#calendar.binOf(this.#unit, minute)
    const to = this.#calendar.nextBin(this.#unit, from)
    return (this.#here = { from, to, counts: this.#rows.get(from)! })
  }
}
