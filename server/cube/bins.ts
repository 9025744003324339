import { BINS, type Histogram } from '#shared/measures/duration-bins.ts'

/** Up to so many bins are kept in a map; a row with more gets an array for all. */
const FEW = 32

/** A histogram of durations: small while few bins are used, fast when many are. */
export class Bins {
  #few: Map<number, number> | undefined = new Map()
  #all: Int32Array | undefined

  add(bin: number, n: number): void {
    if (this.#all) {
      this.#all[bin]! += n
      return
    }
    const few = this.#few!
    const sum = (few.get(bin) ?? 0) + n
    if (sum === 0) few.delete(bin)
    else few.set(bin, sum)
    if (few.size > FEW) this.#spread(few)
  }

  /** Bins in which something is counted, in ascending order. */
  pairs(): Histogram {
    if (this.#few) return [...this.#few].sort(([a], [b]) => a - b)
    const pairs: [number, number][] = []
    this.#all!.forEach((sum, bin) => {
      if (sum !== 0) pairs.push([bin, sum])
    })
    return pairs
  }

  #spread(few: ReadonlyMap<number, number>): void {
    this.#all = new Int32Array(BINS)
    for (const [bin, sum] of few) this.#all[bin] = sum
    this.#few = undefined
  }
}
