import type { Grouping } from './column.ts'
import { sortedOrder } from './sorted-order.ts'

/** Room for every minute from 1900 to 2225 beside a combination in one number. */
const MINUTES = 2 ** 28
const OFFSET = 2 ** 27

/** Tickets one by one, in ascending order of the minute of their coming. */
interface Sorted {
  minutes: Int32Array
  combinations: Int32Array
}

/** Place 0 is of what is left out, and empty. */
export interface ByPlace {
  all: Int32Array
  byPlace: Int32Array[]
}

/**
 * What is so now, by the minute of its coming: equal cells are netted, so it holds what is there and
 * nothing of what was. About 50 bytes a cell.
 */
export class Present {
  readonly #cells = new Map<number, number>()
  #sorted: Sorted | undefined

  get length(): number {
    return this.#cells.size
  }

  add(minute: number, combination: number, n: number): void {
    this.#sorted = undefined
    const key = combination * MINUTES + minute + OFFSET
    const sum = (this.#cells.get(key) ?? 0) + n
    if (sum === 0) this.#cells.delete(key)
    else this.#cells.set(key, sum)
  }

  each(visit: (minute: number, combination: number, n: number) => void): void {
    for (const [key, n] of this.#cells) {
      const combination = Math.floor(key / MINUTES)
      visit(key - combination * MINUTES - OFFSET, combination, n)
    }
  }

  /** In ascending order the minutes of all that has a place, and of each place. */
  byPlace({ places, size }: Omit<Grouping, 'edges'>): ByPlace {
    // Sorted once for all who ask before the next change.
    const { minutes, combinations } = (this.#sorted ??= this.#sort())
    const counts = new Int32Array(size)
    for (const combination of combinations) counts[places[combination]!]!++
    const found = Array.from(counts, (count, place) => new Int32Array(place > 0 ? count : 0))
    const all = new Int32Array(minutes.length - counts[0]!)
    counts.fill(0)
    let length = 0
    for (let row = 0; row < minutes.length; row++) {
      const place = places[combinations[row]!]!
      if (place === 0) continue
      all[length++] = minutes[row]!
      found[place]![counts[place]!++] = minutes[row]!
    }
    return { all, byPlace: found }
  }

  #sort(): Sorted {
    const minutes: number[] = []
    const combinations: number[] = []
    this.each((minute, combination, n) => {
      for (let left = n; left > 0; left--) {
        minutes.push(minute)
        combinations.push(combination)
      }
    })
    const order = sortedOrder(Int32Array.from(minutes))
    return { minutes: inOrder(minutes, order), combinations: inOrder(combinations, order) }
  }
}

function inOrder(from: readonly number[], order: Uint32Array): Int32Array {
  const to = new Int32Array(order.length)
  for (let row = 0; row < order.length; row++) to[row] = from[order[row]!]!
  return to
}
