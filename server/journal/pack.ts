import { dimensions } from '#shared/ticket.ts'
import { cellKey, cellOf } from './cell.ts'
import type { Combination, Delta } from './delta.ts'

/*
 * A delta as bytes, about 45 an event, kept for ever in its journal row. All numbers are LEB128
 * varints, signed ones in zigzag: the number of combinations; then for each its ids, its number of
 * cells, and for each cell the part's code, the minute less the cell's before, ±n, and the bin.
 */

export function pack(delta: Delta): Buffer {
  const bytes = new Writer()
  const changed = [...delta.values()].filter(({ cells }) => cells.size > 0)
  bytes.unsigned(changed.length)
  for (const { combination, cells } of changed) {
    for (const id of combination) bytes.unsigned(id)
    bytes.unsigned(cells.size)
    let before = 0
    for (const key of Float64Array.from(cells.keys()).sort()) {
      const { code, minute, bin } = cellOf(key)
      bytes.unsigned(code)
      bytes.signed(minute - before)
      bytes.signed(cells.get(key)!)
      bytes.unsigned(bin)
      before = minute
    }
  }
  return bytes.taken()
}

export type VisitCell = (
  combination: Combination,
  code: number,
  minute: number,
  n: number,
  bin: number,
) => void

/** Visits every cell. Throws on bytes that `pack` did not make. */
export function unpack(bytes: Uint8Array, visit: VisitCell): void {
  const reader = new Reader(bytes)
  for (let left = reader.unsigned(); left > 0; left--) {
    const combination = dimensions.map(() => reader.unsigned())
    let minute = 0
    for (let cells = reader.unsigned(); cells > 0; cells--) {
      const code = reader.unsigned()
      minute += reader.signed()
      visit(combination, code, minute, reader.signed(), reader.unsigned())
    }
  }
}

/** The ids of all members in a packed delta. */
export function membersIn(bytes: Uint8Array): Set<number> {
  const members = new Set<number>()
  let before: Combination | undefined
  unpack(bytes, (combination) => {
    if (combination === before) return
    before = combination
    for (const id of combination) members.add(id)
  })
  return members
}

/** A delta again, e.g. to add several up. */
export function addPacked(delta: Delta, bytes: Uint8Array): void {
  unpack(bytes, (combination, code, minute, n, bin) => {
    const name = combination.join()
    const cells = delta.get(name)?.cells ?? new Map<number, number>()
    if (!delta.has(name)) delta.set(name, { combination, cells })
    const key = cellKey(code, minute, bin)
    const sum = (cells.get(key) ?? 0) + n
    if (sum === 0) cells.delete(key)
    else cells.set(key, sum)
  })
}

class Writer {
  #bytes = Buffer.allocUnsafe(4096)
  #length = 0

  unsigned(value: number): void {
    if (this.#length + 10 > this.#bytes.length) this.#grow()
    while (value >= 0x80) {
      this.#bytes[this.#length++] = (value % 0x80) | 0x80
      value = Math.floor(value / 0x80)
    }
    this.#bytes[this.#length++] = value
  }

  signed(value: number): void {
    this.unsigned(value < 0 ? -2 * value - 1 : 2 * value)
  }

  taken(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  #grow(): void {
    const bytes = Buffer.allocUnsafe(2 * this.#bytes.length)
    this.#bytes.copy(bytes)
    this.#bytes = bytes
  }
}

class Reader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  unsigned(): number {
    let value = 0
    for (let scale = 1; ; scale *= 0x80) {
      const byte = this.#bytes[this.#at++]
      if (byte === undefined) throw new Error('A packed delta ends too early.')
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
  }

  signed(): number {
    const value = this.unsigned()
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }
}
