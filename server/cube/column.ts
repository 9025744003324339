/** Sees one row of a column: n of a part at a minute, for a combination. */
export type Visit = (minute: number, combination: number, n: number, bin: number) => void

/** New rows are kept unsorted up to this many; each reading looks at all of them. */
const MAX_TAIL = 8192

/**
 * All contributions of one part: typed columns sorted by minute, with a short unsorted tail for what
 * came last. 9 bytes a row, 11 with bins.
 */
export class Column {
  #minutes = new Int32Array(1024)
  #combinations = new Int32Array(1024)
  #ns = new Int8Array(1024)
  #bins: Uint16Array | undefined
  #length = 0
  #sorted = 0

  constructor(hasBins: boolean) {
    if (hasBins) this.#bins = new Uint16Array(1024)
  }

  get length(): number {
    return this.#length
  }

  append(minute: number, combination: number, n: number, bin: number): void {
    for (; n > 127; n -= 127) this.#push(minute, combination, 127, bin)
    for (; n < -127; n += 127) this.#push(minute, combination, -127, bin)
    if (n !== 0) this.#push(minute, combination, n, bin)
  }

  /** Visits every row dated in [from, to), in no particular order. */
  scan(from: number, to: number, visit: Visit): void {
    if (this.#length - this.#sorted > MAX_TAIL) this.#settle()
    const minutes = this.#minutes
    const end = this.#lowerBound(to)
    for (let row = this.#lowerBound(from); row < end; row++) this.#visit(row, visit)
    for (let row = this.#sorted; row < this.#length; row++) {
      if (minutes[row]! >= from && minutes[row]! < to) this.#visit(row, visit)
    }
  }

  /** Forgets what is dated before `minute`. */
  trim(minute: number): void {
    this.#settle()
    const from = this.#lowerBound(minute)
    for (const column of this.#columns()) column.copyWithin(0, from, this.#length)
    this.#length -= from
    this.#sorted = this.#length
  }

  #visit(row: number, visit: Visit): void {
    const bin = this.#bins === undefined ? 0 : this.#bins[row]!
    visit(this.#minutes[row]!, this.#combinations[row]!, this.#ns[row]!, bin)
  }

  #push(minute: number, combination: number, n: number, bin: number): void {
    if (this.#length === this.#minutes.length) this.#grow()
    const row = this.#length++
    this.#minutes[row] = minute
    this.#combinations[row] = combination
    this.#ns[row] = n
    if (this.#bins) this.#bins[row] = bin
  }

  #grow(): void {
    const capacity = Math.ceil(this.#length * 1.5)
    this.#minutes = enlarged(this.#minutes, new Int32Array(capacity))
    this.#combinations = enlarged(this.#combinations, new Int32Array(capacity))
    this.#ns = enlarged(this.#ns, new Int8Array(capacity))
    if (this.#bins) this.#bins = enlarged(this.#bins, new Uint16Array(capacity))
  }

  #columns() {
    const columns = [this.#minutes, this.#combinations, this.#ns]
    return this.#bins ? [...columns, this.#bins] : columns
  }

  /** Sorts the tail and merges it in, moving only rows that are later than its first. */
  #settle(): void {
    if (this.#sorted === this.#length) return
    const first = this.#sorted === 0 ? 0 : this.#lowerBound(this.#firstOfTail())
    const order = sortedOrder(this.#minutes, first, this.#length)
    for (const column of this.#columns()) {
      const moved = column.slice(first, this.#length)
      for (let row = 0; row < moved.length; row++) column[first + row] = moved[order[row]!]!
    }
    this.#sorted = this.#length
  }

  #firstOfTail(): number {
    let first = Infinity
    for (let row = this.#sorted; row < this.#length; row++) {
      first = Math.min(first, this.#minutes[row]!)
    }
    return first
  }

  /** The first sorted row dated at or after `minute`. */
  #lowerBound(minute: number): number {
    let low = 0
    let high = this.#sorted
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#minutes[middle]! < minute) low = middle + 1
      else high = middle
    }
    return low
  }
}

function enlarged<T extends Int32Array | Int8Array | Uint16Array>(from: T, to: T): T {
  to.set(from)
  return to
}

/** The order that sorts rows [from, to) by minute, keeping equals in place: a counting sort. */
function sortedOrder(minutes: Int32Array, from: number, to: number): Uint32Array {
  let least = Infinity
  let most = -Infinity
  for (let row = from; row < to; row++) {
    least = Math.min(least, minutes[row]!)
    most = Math.max(most, minutes[row]!)
  }
  const places = new Uint32Array(most - least + 2)
  for (let row = from; row < to; row++) places[minutes[row]! - least + 1]!++
  for (let at = 1; at < places.length; at++) places[at]! += places[at - 1]!
  const order = new Uint32Array(to - from)
  for (let row = from; row < to; row++) order[places[minutes[row]! - least]!++] = row - from
  return order
}
