import { parts as allParts } from '#shared/measures/all.ts'
import type { Sums } from '#shared/measures/measure.ts'
import {
  isTimeBreakdown,
  type Row,
  sortRows,
  type ViewChange,
  type ViewState,
} from '#shared/view.ts'
import { Counts } from './counts.ts'
import type { Cube } from './cube.ts'
import { isSameRow } from './difference.ts'
import type { Question } from './question.ts'
import { type Counted, MemberRows, noRows, type Rows } from './rows.ts'
import { TimeRows } from './time-rows.ts'
import type { Window } from './window.ts'

const partByCode = new Map(allParts.map((part) => [part.code, part]))

/** A contribution as the cube and the journal tell it. */
export interface Contribution {
  code: number
  minute: number
  combination: number
  n: number
  bin: number
}

/**
 * The answer to a question, kept current: a contribution changes one row, the clock moves the
 * window's edges. All in it are sums, so it comes to the same whatever the order (I3).
 */
export class LiveView {
  readonly question: Question
  readonly #rows: Rows
  readonly #totals = new Counts()
  readonly #combinations: Cube['combinations']
  readonly #rowOfCombination: number[] = []
  readonly #shown = new Map<string, Row>()
  #shownTotals: Row = [null]
  #window: Window
  #isTouched = true

  /** Empty, at the window where the question lies at `cube.minute`. */
  constructor(question: Question, cube: Pick<Cube, 'combinations' | 'minute'>) {
    this.question = question
    this.#rows = rowsOf(question)
    this.#combinations = cube.combinations
    this.#window = question.windowAt(cube.minute)
    this.#rows.fit(this.#window)
  }

  get window(): Window {
    return this.#window
  }

  /** Counts what the cube holds. Only for a window that the cube holds whole. */
  fill(cube: Cube): this {
    const { start, end } = this.#window
    for (const { code, kind } of this.question.parts) {
      const add = (minute: number, combination: number, n: number, bin: number) =>
        this.add({ code, minute, combination, n, bin })
      if (kind === 'flow') cube.scan(code, start, end, add)
      else this.#fillStock(code, cube, add)
    }
    return this
  }

  /** Takes one contribution, whenever it is dated. */
  add(contribution: Contribution): void {
    const counted = this.#counted(contribution)
    if (!counted) return
    const { part, minute, n, bin } = counted
    if (part.kind === 'flow' && minute < this.#window.start) return
    this.#totals.add(part, n, bin)
    this.#rows.add(counted)
    this.#isTouched = true
  }

  /** Moves the window to where it lies at `cube.minute`. False when only counting afresh can. */
  slide(cube: Cube): boolean {
    const before = this.#window
    const after = this.question.windowAt(cube.minute)
    if (after.start === before.start && after.end === before.end) return true
    if (after.start < before.start || after.end < before.end) return false
    if (after.start >= before.end) return false

    this.#window = { start: before.start, end: after.end }
    this.#rows.fit(this.#window)
    for (const { code } of this.question.parts) {
      cube.scan(code, before.end, after.end, (minute, combination, n, bin) =>
        this.add({ code, minute, combination, n, bin }),
      )
      cube.scan(code, before.start, after.start, (minute, combination, n, bin) =>
        this.#leave({ code, minute, combination, n, bin }),
      )
    }
    this.#window = after
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

  #fillStock(code: number, cube: Cube, add: Parameters<Cube['scan']>[3]): void {
    const { start, end } = this.#window
    // Without rows by time only the value at the end counts.
    const from = isTimeBreakdown(this.question.by) ? start : end
    const before = from - 1
    cube.eachBalance(code, (combination, n) => add(before, combination, n, 0))
    cube.scan(code, from, cube.minute, (_, combination, n) => add(before, combination, -n, 0))
    cube.scan(code, from, end, add)
  }

  #leave(contribution: Contribution): void {
    const counted = this.#counted(contribution)
    if (!counted) return
    const { part, n, bin } = counted
    if (part.kind === 'flow') this.#totals.add(part, -n, bin)
    this.#rows.leave(counted)
  }

  /** Undefined when it is filtered out, or dated after the window, or of a part that is not asked for. */
  #counted({ code, minute, combination, n, bin }: Contribution): Counted | undefined {
    if (minute >= this.#window.end) return undefined
    const member = (this.#rowOfCombination[combination] ??= this.question.rowOf(
      this.#combinations.membersOf(combination),
    ))
    return member < 0 ? undefined : { part: partByCode.get(code)!, minute, member, n, bin }
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

function rowsOf({ by, calendar, parts, labelOf }: Question): Rows {
  if (by === undefined) return noRows
  return isTimeBreakdown(by) ? new TimeRows({ unit: by, calendar, parts }) : new MemberRows(labelOf)
}
