import type { Histogram } from '#shared/measures/duration-bins.ts'
import type { Sums } from '#shared/measures/measure.ts'
import type { Part } from '#shared/measures/part.ts'
import type { TimeBreakdown } from '#shared/view.ts'
import type { Calendar } from './calendar.ts'
import { Counts } from './counts.ts'
import type { Counted, DirtyRow, Rows } from './rows.ts'
import { isoMinute, type Window } from './window.ts'

interface Unit {
  unit: TimeBreakdown
  calendar: Calendar
  parts: readonly Part[]
}

/**
 * One row per minute, hour or day, without gaps. A row holds what changed in it; a stock's value at
 * its end is what was there at the window's start and all changes up to it.
 */
export class TimeRows implements Rows {
  readonly #unit: TimeBreakdown
  readonly #calendar: Calendar
  readonly #stocks: readonly Part[]
  /** In ascending order of their start. */
  readonly #rows = new Map<number, Counts>()
  readonly #opening = new Counts()
  readonly #dirty = new Set<number>()
  readonly #gone = new Set<number>()
  /** Stocks must be shown again from this row on. */
  #stocksDirtyFrom = Infinity
  #window: Window = { start: 0, end: 0 }
  #next: number | undefined

  constructor({ unit, calendar, parts }: Unit) {
    this.#unit = unit
    this.#calendar = calendar
    this.#stocks = parts.filter((part) => part.kind === 'stock')
  }

  fit(window: Window): void {
    this.#window = window
    if (window.start === window.end) return
    const first = this.#calendar.binOf(this.#unit, window.start)
    for (const start of this.#rows.keys()) {
      if (start >= first) break
      this.#rows.delete(start)
      this.#gone.add(start)
    }
    let bin = this.#next ?? first
    for (; bin < window.end; bin = this.#calendar.nextBin(this.#unit, bin)) {
      this.#rows.set(bin, new Counts())
      this.#dirty.add(bin)
    }
    this.#next = bin
  }

  add({ part, minute, n, bin }: Counted): void {
    if (minute < this.#window.start) {
      this.#opening.add(part, n, bin)
      this.#stocksDirtyFrom = -Infinity
      return
    }
    const row = this.#calendar.binOf(this.#unit, minute)
    this.#rows.get(row)!.add(part, n, bin)
    if (part.kind === 'stock') this.#stocksDirtyFrom = Math.min(this.#stocksDirtyFrom, row)
    else this.#dirty.add(row)
  }

  leave({ part, minute, n, bin }: Counted): void {
    const row = this.#calendar.binOf(this.#unit, minute)
    this.#rows.get(row)!.add(part, -n, bin)
    // A stock's change stays in every later value: it moves from the row to what was there before.
    if (part.kind === 'stock') this.#opening.add(part, n, bin)
    else this.#dirty.add(row)
  }

  *takeDirty(): Iterable<DirtyRow> {
    for (const start of this.#gone) yield [isoMinute(start), undefined]
    yield* this.#stocks.length > 0 ? this.#dirtyWithStocks() : this.#dirtyFlows()
    this.#gone.clear()
    this.#dirty.clear()
    this.#stocksDirtyFrom = Infinity
  }

  *#dirtyFlows(): Iterable<DirtyRow> {
    for (const start of this.#dirty) {
      const counts = this.#rows.get(start)
      if (counts) yield [isoMinute(start), counts]
    }
  }

  *#dirtyWithStocks(): Iterable<DirtyRow> {
    const levels = new Map(this.#stocks.map((part) => [part, this.#opening.sum(part)]))
    for (const [start, counts] of this.#rows) {
      for (const part of this.#stocks) levels.set(part, levels.get(part)! + counts.sum(part))
      if (start >= this.#stocksDirtyFrom || this.#dirty.has(start)) {
        yield [isoMinute(start), withLevels(counts, levels)]
      }
    }
  }
}

function withLevels(counts: Counts, levels: ReadonlyMap<Part, number>): Sums {
  return {
    sum: (part) => levels.get(part) ?? counts.sum(part),
    histogram: (part): Histogram => counts.histogram(part),
  }
}
