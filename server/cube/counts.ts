import type { Histogram } from '#shared/measures/duration-bins.ts'
import type { Part } from '#shared/measures/part.ts'
import type { Sums } from '#shared/measures/measure.ts'

/** What is counted of each part in one row of a view. */
export class Counts implements Sums {
  readonly #sums = new Map<Part, number>()
  readonly #histograms = new Map<Part, Map<number, number>>()

  add(part: Part, n: number, bin: number): void {
    addTo(this.#sums, part, n)
    if (!part.hasBins) return
    let histogram = this.#histograms.get(part)
    if (!histogram) this.#histograms.set(part, (histogram = new Map<number, number>()))
    addTo(histogram, bin, n)
  }

  sum(part: Part): number {
    return this.#sums.get(part) ?? 0
  }

  histogram(part: Part): Histogram {
    return [...(this.#histograms.get(part) ?? [])].sort(([a], [b]) => a - b)
  }

  /** Nothing is counted: every sum is zero. */
  get isEmpty(): boolean {
    return this.#sums.size === 0
  }
}

function addTo<K>(sums: Map<K, number>, key: K, n: number): void {
  const sum = (sums.get(key) ?? 0) + n
  if (sum === 0) sums.delete(key)
  else sums.set(key, sum)
}
