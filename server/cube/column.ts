import { BINS } from '#shared/measures/duration-bins.ts'
import {
  addUp,
  type Arrays,
  copyRows,
  cut,
  emptyArrays,
  lowerBound,
  lowerBoundFrom,
  sorted,
  takeSums,
} from './column-arrays.ts'

/** Sees one row of a column: n of a part at a minute, for a combination. */
export type Visit = (minute: number, combination: number, n: number, bin: number) => void

/** Sees n of a part at a place, dated in the stretch that holds a minute. */
export type VisitSum = (minute: number, place: number, n: number, bin: number) => void

/** What rows are summed by. */
export interface Grouping {
  /** In ascending order: a stretch of minutes begins at each but the last, and ends at the next. */
  edges: readonly number[]
  /** The place of each combination; what has place 0 is left out. */
  places: Uint16Array
  /** Places there are, 0 included. */
  size: number
  /** All combinations there are have place 1. */
  isWhole?: boolean
}

/** New rows may stay unsorted up to this many; each reading looks at all of them. */
const MAX_TAIL = 8192
/** A row costs as much to visit as so many sums to look through. */
const VISIT = 16
/** Fewer rows than this are copied one by one: to move a block has its price too. */
const BLOCK = 32
/** Room for a row, while all is read in and after. */
const GROWING = 1.5
const SPARE = 1.1
/** n of one row. */
const MOST = 127

/**
 * All contributions of one part: typed columns sorted by minute, with a short unsorted tail for what
 * came last. 9 bytes a row, 11 with bins. Where the tail is merged in, rows of one cell become one, so
 * that what is corrected over and over takes no more room than what never changed.
 */
export class Column {
  #rows: Arrays
  #length = 0
  #sorted = 0

  constructor(hasBins: boolean) {
    this.#rows = emptyArrays(1024, hasBins)
  }

  get length(): number {
    return this.#length
  }

  /** Rows that are not sorted yet. */
  get tail(): number {
    return this.#length - this.#sorted
  }

  /** So much is unsorted that readers take notice. */
  get isLoose(): boolean {
    return this.tail > MAX_TAIL
  }

  append(minute: number, combination: number, n: number, bin: number): void {
    for (; n > MOST; n -= MOST) this.#push(minute, combination, MOST, bin)
    for (; n < -MOST; n += MOST) this.#push(minute, combination, -MOST, bin)
    if (n !== 0) this.#push(minute, combination, n, bin)
  }

  /** Visits every row dated in [from, to), in no particular order. */
  scan(from: number, to: number, visit: Visit): void {
    this.#visitRows(this.#lowerBound(from), this.#lowerBound(to), visit)
    this.#visitTail(from, to, visit)
  }

  /** Visits sums of all that is dated from the first edge to the last; a place may come again. */
  sum({ edges, places, size, isWhole }: Grouping, visit: VisitSum): void {
    const width = this.#rows.bins ? BINS : 1
    const sums = new Int32Array(size * width)
    const visitRow = visitPlace(places, visit)
    let from = this.#lowerBound(edges[0]!)
    for (let edge = 1; edge < edges.length; edge++) {
      const to = lowerBoundFrom(this.#rows.minutes, edges[edge]!, [from, this.#sorted])
      if ((to - from) * VISIT < sums.length) this.#visitRows(from, to, visitRow)
      else {
        addUp(this.#rows, [from, to], { places, sums, isWhole })
        takeSums(sums, width, (at, n) =>
          visit(edges[edge - 1]!, Math.floor(at / width), n, at % width),
        )
      }
      from = to
    }
    this.#visitTail(edges[0]!, edges.at(-1)!, visitRow)
  }

  /** Sorts the tail and merges it in, moving only rows that are later than its first. */
  settle(): void {
    if (this.#sorted === this.#length) return
    const tail = sorted(this.#rows, [this.#sorted, this.#length])
    const first = this.#lowerBound(tail.minutes[0]!)
    const later = cut(this.#rows, first, this.#sorted)
    // What is read in at the start corrects nothing: to look for equal cells would only take time.
    if (this.#sorted === 0) this.#rows = tail
    else {
      this.#length = first
      this.#merge(later, tail)
    }
    this.#sorted = this.#length
  }

  /** Forgets what is dated before `minute`. */
  trim(minute: number): void {
    this.settle()
    const from = this.#lowerBound(minute)
    const { minutes, combinations, ns, bins } = this.#rows
    for (const array of [minutes, combinations, ns, bins]) array?.copyWithin(0, from, this.#length)
    this.#length -= from
    this.#sorted = this.#length
  }

  /** Appends both in order, and makes the cells of each minute that the tail is about one row each. */
  #merge(rows: Arrays, tail: Arrays): void {
    const { length } = rows.minutes
    const cells = new Map<number, number>()
    let at = 0
    for (let next = 0; next < tail.minutes.length;) {
      const minute = tail.minutes[next]!
      const from = at
      at = lowerBound(rows.minutes, minute, [from, length])
      this.#pushRows(rows, from, at)
      for (; rows.minutes[at] === minute; at++) addToCell(cells, rows, at)
      for (; tail.minutes[next] === minute; next++) addToCell(cells, tail, next)
      for (const [cell, n] of cells) this.append(minute, Math.floor(cell / BINS), n, cell % BINS)
      cells.clear()
    }
    this.#pushRows(rows, at, length)
  }

  #visitRows(from: number, to: number, visit: Visit): void {
    const { minutes, combinations, ns, bins } = this.#rows
    for (let row = from; row < to; row++) {
      visit(minutes[row]!, combinations[row]!, ns[row]!, bins ? bins[row]! : 0)
    }
  }

  #visitTail(from: number, to: number, visit: Visit): void {
    const { minutes } = this.#rows
    for (let row = this.#sorted; row < this.#length; row++) {
      if (minutes[row]! >= from && minutes[row]! < to) this.#visitRows(row, row + 1, visit)
    }
  }

  #push(minute: number, combination: number, n: number, bin: number): void {
    if (this.#length === this.#rows.minutes.length) this.#makeRoom(1)
    const { minutes, combinations, ns, bins } = this.#rows
    const row = this.#length++
    minutes[row] = minute
    combinations[row] = combination
    ns[row] = n
    if (bins) bins[row] = bin
  }

  /** Appends rows [from, to) of others. */
  #pushRows(rows: Arrays, from: number, to: number): void {
    if (to - from < BLOCK) {
      const { minutes, combinations, ns, bins } = rows
      for (let row = from; row < to; row++) {
        this.#push(minutes[row]!, combinations[row]!, ns[row]!, bins ? bins[row]! : 0)
      }
      return
    }
    this.#makeRoom(to - from)
    copyRows(rows, [from, to], this.#rows, this.#length)
    this.#length += to - from
  }

  #makeRoom(rows: number): void {
    const needed = this.#length + rows
    if (needed <= this.#rows.minutes.length) return
    const spare = this.#sorted === 0 ? GROWING : SPARE
    const larger = emptyArrays(Math.ceil(needed * spare), this.#rows.bins !== undefined)
    copyRows(this.#rows, [0, this.#length], larger, 0)
    this.#rows = larger
  }

  /** The first sorted row dated at or after `minute`. */
  #lowerBound(minute: number): number {
    return lowerBound(this.#rows.minutes, minute, [0, this.#sorted])
  }
}

/** Sees rows as sums of one. */
function visitPlace(places: Uint16Array, visit: VisitSum): Visit {
  return (minute, combination, n, bin) => {
    const place = places[combination]!
    if (place > 0) visit(minute, place, n, bin)
  }
}

function addToCell(cells: Map<number, number>, { combinations, ns, bins }: Arrays, row: number) {
  const cell = combinations[row]! * BINS + (bins ? bins[row]! : 0)
  cells.set(cell, (cells.get(cell) ?? 0) + ns[row]!)
}
