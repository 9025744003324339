import { parts } from '#shared/measures/all.ts'
import { DAY, MINUTE } from '#shared/time.ts'
import type { Combination } from '../journal/delta.ts'
import { Column, type Grouping, type Visit, type VisitSum } from './column.ts'
import { takeSums } from './column-arrays.ts'
import { Combinations } from './combinations.ts'
import { type ByPlace, Present } from './present.ts'

/** Days of history held in memory; older ranges are read from the facts. */
const DAYS = 400
const MINUTES_A_DAY = DAY / MINUTE

const undated = parts.filter(({ kind }) => kind === 'now')
/** Columns of which the tails are merged in at once: more would keep readers waiting. */
const AT_ONCE = 4

/** The first minute held when the clock stands at `minute`. */
export const horizonAt = (minute: number): number => minute - DAYS * MINUTES_A_DAY

/**
 * Every contribution of the last 400 days, and all that is dated in the future, in memory. For each
 * stock also its running balance: the sum of all contributions ever dated before `minute`. And all that
 * is so now, however long ago it came in.
 */
export class Cube {
  readonly combinations = new Combinations()
  /** By code. */
  readonly #columns: Column[] = []
  /** By code, of stocks. */
  readonly #balances: Int32Array[] = []
  readonly #present = new Map(undated.map(({ code }) => [code, new Present()] as const))
  #minute: number
  #horizon: number

  constructor(minute: number) {
    this.#minute = minute
    this.#horizon = horizonAt(minute)
    for (const { code, kind, hasBins } of parts) {
      this.#columns[code] = new Column(hasBins === true)
      if (kind === 'stock') this.#balances[code] = new Int32Array(1024)
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
    const dated = this.#columns.reduce((sum, { length }) => sum + length, 0)
    return [...this.#present.values()].reduce((sum, { length }) => sum + length, dated)
  }

  add(code: number, minute: number, combination: number, n: number, bin: number): void {
    const present = this.#present.get(code)
    if (present) return present.add(minute, combination, n)
    if (minute >= this.#horizon) this.#columns[code]!.append(minute, combination, n, bin)
    if (minute < this.#minute && this.#balances[code]) this.#addToBalance(code, combination, n)
  }

  intern(combination: Combination): number {
    return this.combinations.intern(combination)
  }

  /** Moves the clock on; what was dated in between has happened now. */
  advance(minute: number): void {
    for (const { code, kind } of parts) {
      if (kind !== 'stock') continue
      this.scan(code, this.#minute, minute, (_, combination, n) =>
        this.#addToBalance(code, combination, n),
      )
    }
    this.#minute = minute
    this.#settleSome()
    if (horizonAt(minute) - this.#horizon >= MINUTES_A_DAY) this.#trim()
  }

  /** Visits the contributions to a part dated in [from, to). */
  scan(code: number, from: number, to: number, visit: Visit): void {
    if (from < to) this.#columns[code]!.scan(from, to, visit)
  }

  /** Visits sums of the contributions to a part; one place may come several times. */
  sum(code: number, grouping: Grouping, visit: VisitSum): void {
    this.#columns[code]!.sum(grouping, visit)
  }

  /** Visits the balance of a stock at `minute`, by place. */
  sumBalance(
    code: number,
    { places, size }: Omit<Grouping, 'edges'>,
    visit: (place: number, n: number) => void,
  ): void {
    const balance = this.#balances[code]!
    const sums = new Int32Array(size)
    const length = Math.min(this.combinations.size, balance.length)
    for (let combination = 0; combination < length; combination++) {
      sums[places[combination]!]! += balance[combination]!
    }
    takeSums(sums, 1, visit)
  }

  /** Sorts everything, so that the first who asks need not wait for it. */
  settle(): void {
    this.#columns.forEach((column) => column.settle())
  }

  /** The longest tails first: under load they grow faster than all of them could be merged in. */
  #settleSome(): void {
    const loose = this.#columns.filter(({ isLoose }) => isLoose)
    loose.sort((one, other) => other.tail - one.tail)
    for (const column of loose.slice(0, AT_ONCE)) column.settle()
  }

  /** What is so now, by the minutes at which it came in. */
  present(code: number, grouping: Omit<Grouping, 'edges'>): ByPlace {
    return this.#present.get(code)!.byPlace(grouping)
  }

  #trim(): void {
    this.#horizon = horizonAt(this.#minute)
    this.#columns.forEach((column) => column.trim(this.#horizon))
  }

  #addToBalance(code: number, combination: number, n: number): void {
    let balance = this.#balances[code]!
    if (combination >= balance.length) {
      const larger = new Int32Array(Math.max(2 * balance.length, combination + 1))
      larger.set(balance)
      this.#balances[code] = larger
      balance = larger
    }
    balance[combination]! += n
  }
}
