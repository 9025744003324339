import { ageAt, type Ages } from '#shared/measures/ages.ts'

/**
 * The minutes at which the open tickets of a row were received, each as often as there are tickets:
 * one sorted array, and what came and went since it was last read. 4 bytes a ticket.
 */
export class Moments {
  #sorted: Int32Array = new Int32Array(0)
  #came: number[] = []
  #went: number[] = []

  add(minute: number, n: number): void {
    const list = n > 0 ? this.#came : this.#went
    for (let left = Math.abs(n); left > 0; left--) list.push(minute)
  }

  /** Many at once, in ascending order. */
  fill(minutes: Int32Array): void {
    this.#sorted = merged(this.#sorted, minutes, new Int32Array(0))
  }

  /** As of `minute`: what is dated later has not come in yet. */
  agesAt(minute: number): Ages {
    const sorted = this.#settled()
    const count = lowerBound(sorted, minute)
    return { count, at: (rank) => ageAt(minute, sorted[count - 1 - rank]!) }
  }

  get isEmpty(): boolean {
    return this.#settled().length === 0
  }

  #settled(): Int32Array {
    if (this.#came.length === 0 && this.#went.length === 0) return this.#sorted
    this.#sorted = merged(
      this.#sorted,
      Int32Array.from(this.#came).sort(),
      Int32Array.from(this.#went).sort(),
    )
    this.#came = []
    this.#went = []
    return this.#sorted
  }
}

/**
 * All of `kept` and `came` without what `went`, which must be among them; each in ascending order. What
 * lies between two changes is moved in one piece.
 */
function merged(kept: Int32Array, came: Int32Array, went: Int32Array): Int32Array {
  if (kept.length === 0 && went.length === 0) return came
  const all = new Int32Array(kept.length + came.length - went.length)
  let [c, w, from, length] = [0, 0, 0, 0]
  while (c < came.length || w < went.length) {
    const isComing = w === went.length || came[c]! <= went[w]!
    const minute = isComing ? came[c++]! : went[w++]!
    if (isComing && minute === went[w]) {
      w++
      continue
    }
    const place = lowerBound(kept, minute, from)
    all.set(kept.subarray(from, place), length)
    length += place - from
    from = isComing ? place : place + 1
    if (isComing) all[length++] = minute
  }
  all.set(kept.subarray(from), length)
  return all
}

/** The first place from `low` on that is not dated before `minute`. */
function lowerBound(sorted: Int32Array, minute: number, low = 0): number {
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (sorted[middle]! < minute) low = middle + 1
    else high = middle
  }
  return low
}
