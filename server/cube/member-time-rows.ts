import type { Sums } from '#shared/measures/measure.ts'
import { joinKey, type TimeBreakdown } from '#shared/view.ts'
import type { Calendar } from './calendar.ts'
import { Counts } from './counts.ts'
import type { DirtyRow, Rows } from './rows.ts'
import { refuseRows } from './size.ts'
import type { Slots } from './slots.ts'
import { isoMinute, type Window } from './window.ts'

/** One member's rows. */
interface Series {
  /** By the start of a step; a step in which nothing changed has none. */
  steps: Map<number, Counts>
  /** By slot, of stocks: the value at the window's end. */
  closing: number[]
  dirty: Set<number>
  /** Stocks must be shown again from this step on. */
  stocksDirtyFrom: number
}

interface Options {
  step: TimeBreakdown
  calendar: Calendar
  labelOf: (member: number) => string
}

/** The step that was counted in last: the next contribution is most often of the same. */
const NOWHERE: Window = { start: 0, end: 0 }

/**
 * One row per member and minute, hour or day; where nothing is counted and nothing is there, none. A stock's
 * value at the end of a step is the one at the window's end less what changed after: what happens now
 * touches the last row alone, and what leaves the window none.
 */
export class MemberTimeRows implements Rows {
  readonly #slots: Slots
  readonly #options: Options
  readonly #stocks: readonly number[]
  readonly #series = new Map<number, Series>()
  /** Of whom a row must be shown again. */
  readonly #touched = new Set<number>()
  /** The starts of all steps, in ascending order. */
  #starts: number[] = []
  #gone: number[] = []
  #next: number | undefined
  #window: Window = NOWHERE
  #here = NOWHERE

  constructor(slots: Slots, options: Options) {
    this.#slots = slots
    this.#options = options
    this.#stocks = slots.parts.flatMap((part, slot) => (part.kind === 'stock' ? [slot] : []))
  }

  fit(window: Window): void {
    this.#window = window
    this.#here = NOWHERE
    if (window.start === window.end) return
    const { calendar, step } = this.#options
    const first = calendar.binOf(step, window.start)
    while (this.#starts.length > 0 && this.#starts[0]! < first) this.#forget(this.#starts.shift()!)
    let start = this.#next ?? first
    for (; start < window.end; start = calendar.nextBin(step, start)) this.#begin(start)
    this.#next = start
  }

  add(slot: number, minute: number, member: number, n: number, bin: number): void {
    const series = this.#seriesOf(member)
    const start = minute < this.#window.start ? -Infinity : this.#startOf(minute)
    if (start !== -Infinity) countsAt(series, start, this.#slots).add(slot, n, bin)
    this.#touched.add(member)
    if (!this.#slots.isStock(slot)) return void series.dirty.add(start)
    series.closing[slot]! += n
    series.stocksDirtyFrom = Math.min(series.stocksDirtyFrom, start)
  }

  /** A stock's change stays in every later value: no row shows another. */
  leave(slot: number, minute: number, member: number, n: number, bin: number): void {
    if (!this.#slots.isStock(slot)) this.add(slot, minute, member, -n, bin)
  }

  addNow(): void {}

  fillNow(): void {}

  *takeDirty(): Iterable<DirtyRow> {
    refuseRows(this.#series.size * this.#starts.length)
    if (this.#gone.length > 0) yield* this.#goneRows()
    for (const member of this.#touched) yield* this.#dirtyRows(member)
    this.#touched.clear()
  }

  *#goneRows(): Iterable<DirtyRow> {
    for (const member of this.#series.keys()) {
      for (const start of this.#gone) yield [this.#keyOf(member, start), undefined]
    }
    this.#gone = []
  }

  /** From the last step back to the first that must be shown again. */
  *#dirtyRows(member: number): Iterable<DirtyRow> {
    const series = this.#series.get(member)!
    const { steps, dirty, stocksDirtyFrom } = series
    const from = Math.min(stocksDirtyFrom, ...dirty)
    const levels = [...series.closing]
    for (let at = this.#starts.length - 1; at >= 0 && this.#starts[at]! >= from; at--) {
      const start = this.#starts[at]!
      const counts = steps.get(start)
      if (start >= stocksDirtyFrom || dirty.has(start)) {
        yield [this.#keyOf(member, start), this.#sumsOf(counts, levels)]
      }
      if (!counts) continue
      for (const slot of this.#stocks) levels[slot]! -= counts.at(slot)
      if (counts.isEmpty) steps.delete(start)
    }
    dirty.clear()
    series.stocksDirtyFrom = Infinity
  }

  /** Flows as they are in the step, stocks as they stand at its end; undefined when all are zero. */
  #sumsOf(counts: Counts | undefined, levels: readonly number[]): Sums | undefined {
    const at = (slot: number): number =>
      this.#slots.isStock(slot) ? levels[slot]! : (counts?.at(slot) ?? 0)
    if (levels.every((_, slot) => at(slot) === 0)) return undefined
    return { sum: (part) => at(this.#slots.of(part.code)), histogram: () => [], ages: () => null }
  }

  #keyOf(member: number, start: number): string {
    return joinKey(this.#options.labelOf(member), isoMinute(start))
  }

  #begin(start: number): void {
    this.#starts.push(start)
    if (this.#stocks.length === 0) return
    for (const [member, series] of this.#series) {
      series.stocksDirtyFrom = Math.min(series.stocksDirtyFrom, start)
      this.#touched.add(member)
    }
  }

  #forget(start: number): void {
    this.#gone.push(start)
    for (const { steps, dirty } of this.#series.values()) {
      steps.delete(start)
      dirty.delete(start)
    }
  }

  #seriesOf(member: number): Series {
    const known = this.#series.get(member)
    if (known) return known
    const closing = this.#slots.parts.map(() => 0)
    const series = {
      steps: new Map(),
      closing,
      dirty: new Set<number>(),
      stocksDirtyFrom: Infinity,
    }
    this.#series.set(member, series)
    return series
  }

  #startOf(minute: number): number {
    if (minute >= this.#here.start && minute < this.#here.end) return this.#here.start
    const { calendar, step } = this.#options
    const start = calendar.binOf(step, minute)
    this.#here = { start, end: calendar.nextBin(step, start) }
    return start
  }
}

function countsAt({ steps }: Series, start: number, slots: Slots): Counts {
  const known = steps.get(start)
  if (known) return known
  const counts = new Counts(slots)
  steps.set(start, counts)
  return counts
}
