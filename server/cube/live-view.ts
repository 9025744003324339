import type { Sums } from '#shared/measures/measure.ts'
import {
  isTimeBreakdown,
  type Row,
  sortRows,
  type ViewChange,
  type ViewState,
} from '#shared/view.ts'
import type { Grouping, VisitSum } from './column.ts'
import { Counts, type Now } from './counts.ts'
import type { Cube } from './cube.ts'
import { isSameRow } from './difference.ts'
import { MemberIndex } from './member-index.ts'
import { MemberTimeRows } from './member-time-rows.ts'
import type { ByPlace } from './present.ts'
import type { Question } from './question.ts'
import { MemberRows, noRows, type Rows } from './rows.ts'
import { Slots } from './slots.ts'
import { TimeRows } from './time-rows.ts'
import type { Window } from './window.ts'

/**
 * The answer to a question, kept current: a contribution changes one row, the clock moves the
 * window's edges. All in it are sums, so it comes to the same whatever the order (I3).
 */
export class LiveView {
  readonly question: Question
  readonly #slots: Slots
  readonly #rows: Rows
  readonly #totals: Counts
  readonly #members: MemberIndex
  readonly #shown = new Map<string, Row>()
  readonly #now: Now = { minute: undefined }
  #shownTotals: Row = [null]
  #window: Window
  #isTouched = true

  /** Empty, at the window where the question lies at `cube.minute`. */
  constructor(question: Question, cube: Pick<Cube, 'combinations' | 'minute'>) {
    this.question = question
    this.#slots = new Slots(question.parts)
    this.#rows = rowsOf(question, this.#slots, this.#now)
    this.#totals = new Counts(this.#slots, this.#now)
    this.#members = new MemberIndex(question, cube.combinations)
    this.#window = question.windowAt(cube.minute)
    this.#setClock(cube.minute)
    this.#rows.fit(this.#window)
  }

  get window(): Window {
    return this.#window
  }

  /** Counts what the cube holds. Only for a window that the cube holds whole. */
  fill(cube: Cube): this {
    const grouping = { edges: this.#edges(), ...this.#members.all() }
    for (const { code, kind } of this.question.parts) {
      const slot = this.#slots.of(code)
      const add: VisitSum = (minute, place, n, bin) =>
        this.#count(slot, minute, this.#members.at(place), n, bin)
      if (kind === 'flow') cube.sum(code, grouping, add)
      else if (kind === 'stock') this.#fillStock(code, cube, { grouping, add })
      else if (this.#isNow) this.#fillNow(slot, cube.present(code, grouping))
    }
    return this
  }

  /** Takes one contribution to a part that is asked for, whenever it is dated. */
  add(code: number, minute: number, combination: number, n: number, bin: number): void {
    const slot = this.#slots.of(code)
    if (this.#slots.isNow(slot)) return this.#addNow(slot, minute, combination, n)
    if (minute >= this.#window.end) return
    if (minute < this.#window.start && !this.#slots.isStock(slot)) return
    const member = this.#members.of(combination)
    if (member >= 0) this.#count(slot, minute, member, n, bin)
  }

  /** Moves the window to where it lies at `cube.minute`. False when only counting afresh can. */
  slide(cube: Cube): boolean {
    const before = this.#window
    const after = this.question.windowAt(cube.minute)
    if (after.start === before.start && after.end === before.end) {
      if (this.#isNow && after.end < cube.minute) this.#endPresent()
      return true
    }
    if (after.start < before.start || after.end < before.end) return false
    if (after.start >= before.end) return false
    // The clock has jumped so far that the cube has let go of what lies between.
    if (after.end > before.end && before.end < cube.horizon) return false

    this.#window = { start: before.start, end: after.end }
    this.#rows.fit(this.#window)
    for (const { code, kind } of this.question.parts) {
      if (kind === 'now') continue
      cube.scan(code, before.end, after.end, (minute, combination, n, bin) =>
        this.add(code, minute, combination, n, bin),
      )
      cube.scan(code, before.start, after.start, (minute, combination, n, bin) =>
        this.#leave(code, minute, combination, n, bin),
      )
    }
    this.#window = after
    this.#setClock(cube.minute)
    this.#rows.fit(after)
    this.#isTouched = true
    return true
  }

  /** What changed since the last call; undefined when nothing did. */
  takeChange(id: string): ViewChange | undefined {
    if (!this.#isTouched) return undefined
    this.#isTouched = false
    const { changed, gone } = this.#showRows()
    const totals = this.#shownTotals
    this.#shownTotals = [null, ...this.#cells(this.#totals)]
    if (changed.length === 0 && gone.length === 0 && isSameRow(totals, this.#shownTotals)) {
      return undefined
    }
    return { id, changed, gone, totals: this.#shownTotals }
  }

  /** As last shown by `takeChange`. */
  state(id: string): ViewState {
    return {
      id,
      columns: this.question.columns,
      rows: sortRows([...this.#shown.values()]),
      totals: this.#shownTotals,
    }
  }

  #count(slot: number, minute: number, member: number, n: number, bin: number): void {
    this.#totals.add(slot, n, bin)
    this.#rows.add(slot, minute, member, n, bin)
    this.#isTouched = true
  }

  #fillStock(
    code: number,
    cube: Cube,
    { grouping, add }: { grouping: Grouping; add: VisitSum },
  ): void {
    const { start, end } = this.#window
    // Without rows by time only the value at the end counts.
    const from = this.question.step ? start : end
    const before = from - 1
    cube.sumBalance(code, grouping, (place, n) => add(before, place, n, 0))
    const takeBack: VisitSum = (_, place, n) => add(before, place, -n, 0)
    const sumFrom = (minute: number, visit: VisitSum) => {
      const edges = [minute, cube.minute]
      if (minute < cube.minute) cube.sum(code, { ...grouping, edges }, visit)
    }
    if (from >= end || end > cube.minute) {
      sumFrom(from, takeBack)
      if (from < end) cube.sum(code, grouping, add)
      return
    }
    // What happened within the window is read once: it is added where it belongs, and taken back before.
    sumFrom(end, takeBack)
    cube.sum(code, grouping, (minute, place, n, bin) => {
      add(minute, place, n, bin)
      takeBack(minute, place, n, bin)
    })
  }

  /** The window, cut where rows by time begin. */
  #edges(): number[] {
    const { step, calendar } = this.question
    const { start, end } = this.#window
    const edges = [start]
    if (step) {
      let bin = calendar.nextBin(step, calendar.binOf(step, start))
      for (; bin < end; bin = calendar.nextBin(step, bin)) edges.push(bin)
    }
    return [...edges, end]
  }

  get #isNow(): boolean {
    return this.#now.minute !== undefined
  }

  #setClock(minute: number): void {
    this.#now.minute = this.#window.end === minute ? minute : undefined
  }

  /** A fixed range has come to its end: what was so now is so no longer. */
  #endPresent(): void {
    this.#now.minute = undefined
    this.#rows.fit(this.#window)
    this.#isTouched = true
  }

  #fillNow(slot: number, { all, byPlace }: ByPlace): void {
    this.#totals.fillNow(slot, all)
    for (const [place, minutes] of byPlace.entries()) {
      if (minutes.length > 0) this.#rows.fillNow(slot, this.#members.at(place), minutes)
    }
    this.#isTouched = true
  }

  /** Whatever its date: the minute at which it came in tells its age. */
  #addNow(slot: number, minute: number, combination: number, n: number): void {
    const member = this.#members.of(combination)
    if (!this.#isNow || member < 0) return
    this.#totals.addNow(slot, minute, n)
    this.#rows.addNow(slot, minute, member, n)
    this.#isTouched = true
  }

  #leave(code: number, minute: number, combination: number, n: number, bin: number): void {
    const member = this.#members.of(combination)
    if (member < 0) return
    const slot = this.#slots.of(code)
    if (!this.#slots.isStock(slot)) this.#totals.add(slot, -n, bin)
    this.#rows.leave(slot, minute, member, n, bin)
  }

  #showRows(): Pick<ViewChange, 'changed' | 'gone'> {
    const changed: Row[] = []
    const gone: string[] = []
    for (const [key, sums] of this.#rows.takeDirty()) {
      if (!sums) {
        if (this.#shown.delete(key)) gone.push(key)
        continue
      }
      const row: Row = [key, ...this.#cells(sums)]
      if (isSameRow(row, this.#shown.get(key))) continue
      this.#shown.set(key, row)
      changed.push(row)
    }
    return { changed, gone }
  }

  #cells(sums: Sums): (number | null)[] {
    return this.question.measures.flatMap((measure) => measure.compute(sums))
  }
}

function rowsOf({ by, step, calendar, labelOf }: Question, slots: Slots, now: Now): Rows {
  if (by === undefined) return noRows
  if (step !== undefined && step !== by) {
    return new MemberTimeRows(slots, { step, calendar, labelOf })
  }
  return isTimeBreakdown(by)
    ? new TimeRows(slots, by, calendar)
    : new MemberRows(slots, labelOf, now)
}
