import { parts } from '#shared/measures/all.ts'
import { DAY, MINUTE } from '#shared/time.ts'
import type { Combination } from '../journal/delta.ts'
import { Column, type Visit } from './column.ts'
import { Combinations } from './combinations.ts'
import { Present } from './present.ts'

/** Days of history held in memory; older ranges are read from the facts. */
const DAYS = 400
const MINUTES_A_DAY = DAY / MINUTE

const isStock = new Map(parts.map((part) => [part.code, part.kind === 'stock']))
const dated = parts.filter(({ kind }) => kind !== 'now')
const undated = parts.filter(({ kind }) => kind === 'now')

/** The first minute held when the clock stands at `minute`. */
export const horizonAt = (minute: number): number => minute - DAYS * MINUTES_A_DAY

/**
 * Every contribution of the last 400 days, and all that is dated in the future, in memory. For each
 * stock also its running balance: the sum of all contributions ever dated before `minute`. And all that
 * is so now, however long ago it came in.
 */
export class Cube {
  readonly combinations = new Combinations()
  readonly #columns = new Map(
    dated.map((part) => [part.code, new Column(part.hasBins === true)] as const),
  )
  readonly #balances = new Map<number, Int32Array>()
  readonly #present = new Map(undated.map(({ code }) => [code, new Present()] as const))
  #minute: number
  #horizon: number

  constructor(minute: number) {
    this.#minute = minute
    this.#horizon = horizonAt(minute)
    for (const part of parts) {
      if (part.kind === 'stock') this.#balances.set(part.code, new Int32Array(1024))
    }
  }

  /** The end of the running minute: all that is dated before it has happened. */
  get minute(): number {
    return this.#minute
  }

  /** The first minute that can be read. */
  get horizon(): number {
    return this.#horizon
  }

  get length(): number {
    let length = 0
    for (const column of this.#columns.values()) length += column.length
    for (const present of this.#present.values()) length += present.length
    return length
  }

  add(code: number, minute: number, combination: number, n: number, bin: number): void {
    const present = this.#present.get(code)
    if (present) return present.add(minute, combination, n)
    if (minute >= this.#horizon) this.#columns.get(code)!.append(minute, combination, n, bin)
    if (minute < this.#minute && isStock.get(code)) this.#addToBalance(code, combination, n)
  }

  intern(combination: Combination): number {
    return this.combinations.intern(combination)
  }

  /** Moves the clock on; what was dated in between has happened now. */
  advance(minute: number): void {
    for (const code of this.#balances.keys()) {
      this.scan(code, this.#minute, minute, (_, combination, n) =>
        this.#addToBalance(code, combination, n),
      )
    }
    this.#minute = minute
    if (horizonAt(minute) - this.#horizon >= MINUTES_A_DAY) this.#trim()
  }

  /** Visits the contributions to a part dated in [from, to). */
  scan(code: number, from: number, to: number, visit: Visit): void {
    if (from < to) this.#columns.get(code)!.scan(from, to, visit)
  }

  /** Visits the balance of a stock at `minute`, by combination. */
  eachBalance(code: number, visit: (combination: number, n: number) => void): void {
    const balance = this.#balances.get(code)!
    const size = Math.min(this.combinations.size, balance.length)
    for (let combination = 0; combination < size; combination++) {
      if (balance[combination] !== 0) visit(combination, balance[combination]!)
    }
  }

  /** Visits what is so now, by the minute at which it came in. */
  eachPresent(code: number, visit: (minute: number, combination: number, n: number) => void): void {
    this.#present.get(code)!.each(visit)
  }

  #trim(): void {
    this.#horizon = horizonAt(this.#minute)
    for (const column of this.#columns.values()) column.trim(this.#horizon)
  }

  #addToBalance(code: number, combination: number, n: number): void {
    let balance = this.#balances.get(code)!
    if (combination >= balance.length) {
      const larger = new Int32Array(Math.max(2 * balance.length, combination + 1))
      larger.set(balance)
      this.#balances.set(code, larger)
      balance = larger
    }
    balance[combination]! += n
  }
}
