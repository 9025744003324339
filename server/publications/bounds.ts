import { SMALL } from './classes.ts'

/** A count that might be below 10 keeps at least so many possible values besides one. */
const DOUBT = 2
/** Sums looked at before a trial ends as unsafe: what is safe shows sooner. */
const PATIENCE = 5000

/** A count in a sum: added, or taken away. */
export interface Term {
  variable: number
  sign: 1 | -1
}

interface Sum {
  variables: Int32Array
  signs: Int8Array
  low: number
  high: number
}

/**
 * What can be known of counts that are tied together by sums: for each the least and the most it can
 * be. Each sum narrows its terms until nothing moves any more (bounds propagation over the integers).
 */
export class Bounds {
  readonly #low: number[] = []
  readonly #high: number[] = []
  /** The most that the exact total of all rows leaves open. */
  readonly #open: number[] = []
  readonly #sums: Sum[] = []
  readonly #sumsOf: number[][] = []
  #queue: number[] = []
  readonly #isQueued: boolean[] = []
  readonly #trail: { variable: number; low: number; high: number }[] = []

  /** A count of which nothing is known but that it is at most `high`. */
  add(high: number): number {
    this.#low.push(0)
    this.#high.push(high)
    this.#open.push(high)
    this.#sumsOf.push([])
    return this.#low.length - 1
  }

  low(variable: number): number {
    return this.#low[variable]!
  }

  high(variable: number): number {
    return this.#high[variable]!
  }

  /** Ties counts together: their sum lies in [low, high]. False, and without effect, when that cannot be. */
  tie(terms: readonly Term[], low: number, high = low): boolean {
    const sum = this.#sums.length
    this.#sums.push({
      variables: Int32Array.from(terms, ({ variable }) => variable),
      signs: Int8Array.from(terms, ({ sign }) => sign),
      low,
      high,
    })
    this.#isQueued.push(false)
    for (const { variable } of terms) this.#sumsOf[variable]!.push(sum)
    this.#enqueue(sum)
    const isPossible = this.#keep(() => this.#propagate({ isTrial: false }))
    if (!isPossible) this.#untie(terms)
    return isPossible
  }

  /** Learns that a count lies in [low, high]. False when that cannot be; nothing is learnt then. */
  narrow(variable: number, low: number, high: number): boolean {
    return this.#keep(() => this.#set(variable, low, high) && this.#propagate({ isTrial: false }))
  }

  /** True when learning that a count lies in [low, high] would lay no small count bare. Learns nothing. */
  isSafe(variable: number, low: number, high: number): boolean {
    const isSafe = this.#set(variable, low, high) && this.#propagate({ isTrial: true })
    this.#undo()
    return isSafe
  }

  /** The last sum. */
  #untie(terms: readonly Term[]): void {
    this.#sums.pop()
    this.#isQueued.pop()
    for (const { variable } of terms) this.#sumsOf[variable]!.pop()
  }

  #keep(learn: () => boolean): boolean {
    const isPossible = learn()
    if (!isPossible) this.#undo()
    this.#trail.length = 0
    return isPossible
  }

  #undo(): void {
    for (const { variable, low, high } of this.#trail.reverse()) {
      this.#low[variable] = low
      this.#high[variable] = high
    }
    this.#trail.length = 0
    for (const sum of this.#queue) this.#isQueued[sum] = false
    this.#queue = []
  }

  #enqueue(sum: number): void {
    if (this.#isQueued[sum]) return
    this.#isQueued[sum] = true
    this.#queue.push(sum)
  }

  /** False when nothing is left. */
  #set(variable: number, low: number, high: number): boolean {
    const [before, after] = [this.#low[variable]!, this.#high[variable]!]
    if (low <= before && high >= after) return true
    this.#trail.push({ variable, low: before, high: after })
    this.#low[variable] = Math.max(low, before)
    this.#high[variable] = Math.min(high, after)
    for (const sum of this.#sumsOf[variable]!) this.#enqueue(sum)
    return this.#low[variable]! <= this.#high[variable]!
  }

  #propagate({ isTrial }: { isTrial: boolean }): boolean {
    for (let next = 0; next < this.#queue.length; next++) {
      if (isTrial && next > PATIENCE) return false
      const sum = this.#queue[next]!
      this.#isQueued[sum] = false
      if (!this.#apply(this.#sums[sum]!)) return false
    }
    this.#queue = []
    return !isTrial || this.#keepsDoubt()
  }

  /** One sum narrows each of its terms by what the others leave. False when that is nothing. */
  #apply({ variables, signs, low, high }: Sum): boolean {
    let least = 0
    let most = 0
    for (let at = 0; at < variables.length; at++) {
      const isAdded = signs[at] === 1
      least += isAdded ? this.#low[variables[at]!]! : -this.#high[variables[at]!]!
      most += isAdded ? this.#high[variables[at]!]! : -this.#low[variables[at]!]!
    }
    if (least > high || most < low) return false
    if (least >= low && most <= high) return true
    // How far a term may be from where it makes the sum least, and from where it makes it most.
    const up = high - least
    const down = most - low
    for (let at = 0; at < variables.length; at++) {
      const variable = variables[at]!
      const [above, below] = signs[at] === 1 ? [up, down] : [down, up]
      const newHigh = this.#low[variable]! + above
      const newLow = this.#high[variable]! - below
      if (!this.#set(variable, newLow, newHigh)) return false
    }
    return true
  }

  /** Of all that the trial narrowed. */
  #keepsDoubt(): boolean {
    for (const { variable } of this.#trail) {
      const low = this.#low[variable]!
      const doubt = this.#high[variable]! - low
      if (low < SMALL && doubt < Math.min(DOUBT, this.#open[variable]!)) return false
    }
    return true
  }
}
