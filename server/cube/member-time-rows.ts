import type { Histogram } from '#shared/measures/duration-bins.ts'
import type { Sums } from '#shared/measures/measure.ts'
import type { Part } from '#shared/measures/part.ts'
import { joinKey, type TimeBreakdown } from '#shared/view.ts'
import type { Calendar } from './calendar.ts'
import type { DirtyRow, Rows } from './rows.ts'
import { refuseRows } from './size.ts'
import type { Slots } from './slots.ts'
import { type Step, Steps } from './steps.ts'
import type { Window } from './window.ts'

/** One member's rows. */
interface Series {
  /** What changed in each step, slot by slot. */
  sums: Int32Array<ArrayBuffer>
  /** By slot, of stocks: the value at the window's end. */
  closing: number[]
  /** By step: 1 where it must be shown again. */
  dirty: Uint8Array<ArrayBuffer>
  /** The number of the first step of which flows must be shown again; all earlier ones need not. */
  dirtyFrom: number
  /** Stocks must be shown again from this number on. */
  stocksDirtyFrom: number
}

interface Options {
  step: TimeBreakdown
  calendar: Calendar
  labelOf: (member: number) => string
}

/** Room for later steps, so that arrays are made anew once in many. */
const SPARE = 1.25

/** Before every step of the window. */
const BEFORE = { number: -Infinity }

/**
 * One row per member and minute, hour or day; where nothing is counted and nothing is there, none. A stock's
 * value at the end of a step is the one at the window's end less what changed after: what happens now
 * touches the last row alone, and what leaves the window none.
 */
export class MemberTimeRows implements Rows {
  readonly #slots: Slots
  readonly #width: number
  readonly #stocks: readonly number[]
  readonly #labelOf: Options['labelOf']
  readonly #steps: Steps
  readonly #series = new Map<number, Series>()
  /** Of whom a row must be shown again. */
  readonly #touched = new Set<number>()
  #gone: Step[] = []
  #window: Window = { start: 0, end: 0 }
  /** The number of the first step in the arrays, and how many have room. */
  #base = 0
  #room = 0

  constructor(slots: Slots, { step, calendar, labelOf }: Options) {
    this.#slots = slots
    this.#width = slots.parts.length
    this.#stocks = slots.parts.flatMap((part, slot) => (part.kind === 'stock' ? [slot] : []))
    this.#labelOf = labelOf
    this.#steps = new Steps(step, calendar)
  }

  fit(window: Window): void {
    this.#window = window
    if (window.start === window.end) return
    const { gone, begun } = this.#steps.fit(window)
    this.#gone.push(...gone)
    const [first] = begun
    if (!first) return
    if (begun.at(-1)!.number - this.#base >= this.#room) this.#makeRoom()
    if (this.#stocks.length > 0) this.#showStocksFrom(first.number)
  }

  add(slot: number, minute: number, member: number, n: number, _bin: number): void {
    const series = this.#seriesOf(member)
    this.#touched.add(member)
    const { number } = minute < this.#window.start ? BEFORE : this.#steps.of(minute)
    const place = number - this.#base
    if (number >= 0) series.sums[place * this.#width + slot]! += n
    if (this.#slots.isStock(slot)) {
      series.closing[slot]! += n
      series.stocksDirtyFrom = Math.min(series.stocksDirtyFrom, number)
    } else {
      series.dirty[place] = 1
      series.dirtyFrom = Math.min(series.dirtyFrom, number)
    }
  }

  /** A stock's change stays in every later value: no row shows another. */
  leave(slot: number, minute: number, member: number, n: number, bin: number): void {
    if (!this.#slots.isStock(slot)) this.add(slot, minute, member, -n, bin)
  }

  addNow(): void {}

  fillNow(): void {}

  *takeDirty(): Iterable<DirtyRow> {
    refuseRows(this.#series.size * this.#steps.list.length)
    if (this.#gone.length > 0) yield* this.#goneRows()
    for (const member of this.#touched) yield* this.#dirtyRows(member)
    this.#touched.clear()
  }

  *#goneRows(): Iterable<DirtyRow> {
    for (const member of this.#series.keys()) {
      const label = this.#labelOf(member)
      for (const { text } of this.#gone) yield [joinKey(label, text), undefined]
    }
    this.#gone = []
  }

  /** From the last step back to the first that must be shown again. */
  *#dirtyRows(member: number): Iterable<DirtyRow> {
    const series = this.#series.get(member)!
    const { sums, closing, dirty, dirtyFrom, stocksDirtyFrom } = series
    const label = this.#labelOf(member)
    const row = new StepSums(this.#slots, closing)
    const { list } = this.#steps
    for (let at = list.length - 1; at >= 0; at--) {
      const { number, text } = list[at]!
      if (number < dirtyFrom && number < stocksDirtyFrom) break
      const place = number - this.#base
      row.read(sums, place * this.#width)
      if (number >= stocksDirtyFrom || dirty[place] === 1) {
        yield [joinKey(label, text), row.isEmpty ? undefined : row]
      }
      dirty[place] = 0
      row.goBack(this.#stocks)
    }
    series.dirtyFrom = Infinity
    series.stocksDirtyFrom = Infinity
  }

  #showStocksFrom(number: number): void {
    for (const [member, series] of this.#series) {
      series.stocksDirtyFrom = Math.min(series.stocksDirtyFrom, number)
      this.#touched.add(member)
    }
  }

  #seriesOf(member: number): Series {
    const known = this.#series.get(member)
    if (known) return known
    const series = {
      sums: new Int32Array(this.#room * this.#width),
      closing: this.#slots.parts.map(() => 0),
      dirty: new Uint8Array(this.#room),
      dirtyFrom: Infinity,
      stocksDirtyFrom: Infinity,
    }
    this.#series.set(member, series)
    return series
  }

  /** Makes the arrays anew, from the first step of the window on. */
  #makeRoom(): void {
    const { list } = this.#steps
    const base = list[0]!.number
    this.#room = Math.ceil(list.length * SPARE)
    for (const series of this.#series.values()) {
      const sums = series.sums.subarray((base - this.#base) * this.#width)
      series.sums = new Int32Array(this.#room * this.#width)
      series.sums.set(sums)
      const dirty = series.dirty.subarray(base - this.#base)
      series.dirty = new Uint8Array(this.#room)
      series.dirty.set(dirty)
    }
    this.#base = base
  }
}

/** The sums of one step, to be read before the next: flows as they are in it, stocks as they stand at its end. */
class StepSums implements Sums {
  readonly #slots: Slots
  readonly #levels: number[]
  #sums = new Int32Array(0)
  #from = 0

  /** Begins with the last step, at whose end stocks stand at `closing`. */
  constructor(slots: Slots, closing: readonly number[]) {
    this.#slots = slots
    this.#levels = [...closing]
  }

  read(sums: Int32Array<ArrayBuffer>, from: number): void {
    this.#sums = sums
    this.#from = from
  }

  /** From the end of the step to its start. */
  goBack(stocks: readonly number[]): void {
    for (const slot of stocks) this.#levels[slot]! -= this.#sums[this.#from + slot]!
  }

  get isEmpty(): boolean {
    for (let slot = 0; slot < this.#levels.length; slot++) if (this.#at(slot) !== 0) return false
    return true
  }

  sum(part: Part): number {
    return this.#at(this.#slots.of(part.code))
  }

  histogram(): Histogram {
    return []
  }

  ages(): null {
    return null
  }

  #at(slot: number): number {
    return this.#slots.isStock(slot) ? this.#levels[slot]! : this.#sums[this.#from + slot]!
  }
}
