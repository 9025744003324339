import { BINS } from '#shared/measures/duration-bins.ts'
import { sortedOrder } from './sorted-order.ts'

/** The rows of a column, one array each for what a row consists of. */
export interface Arrays {
  minutes: Int32Array
  combinations: Int32Array
  ns: Int8Array
  bins: Uint16Array | undefined
}

export const emptyArrays = (length: number, hasBins: boolean): Arrays => ({
  minutes: new Int32Array(length),
  combinations: new Int32Array(length),
  ns: new Int8Array(length),
  bins: hasBins ? new Uint16Array(length) : undefined,
})

/** A copy of rows [from, to). */
export const cut = ({ minutes, combinations, ns, bins }: Arrays, from: number, to: number) => ({
  minutes: minutes.slice(from, to),
  combinations: combinations.slice(from, to),
  ns: ns.slice(from, to),
  bins: bins?.slice(from, to),
})

/** Writes rows [from, to) over those of `into` from `at` on. */
export function copyRows(rows: Arrays, [from, to]: [number, number], into: Arrays, at: number) {
  into.minutes.set(rows.minutes.subarray(from, to), at)
  into.combinations.set(rows.combinations.subarray(from, to), at)
  into.ns.set(rows.ns.subarray(from, to), at)
  into.bins?.set(rows.bins!.subarray(from, to), at)
}

/** A copy of rows [from, to), sorted by minute. */
export function sorted(
  { minutes, combinations, ns, bins }: Arrays,
  [from, to]: [number, number],
): Arrays {
  const order = sortedOrder(minutes.subarray(from, to))
  return {
    minutes: inOrder(minutes.subarray(from, to), order, new Int32Array(to - from)),
    combinations: inOrder(combinations.subarray(from, to), order, new Int32Array(to - from)),
    ns: inOrder(ns.subarray(from, to), order, new Int8Array(to - from)),
    bins: bins && inOrder(bins.subarray(from, to), order, new Uint16Array(to - from)),
  }
}

function inOrder<T extends Int32Array | Int8Array | Uint16Array>(
  from: T,
  order: Uint32Array,
  to: T,
): T {
  for (let row = 0; row < order.length; row++) to[row] = from[order[row]!]!
  return to
}

/** The first of rows [from, to), which are sorted, that is dated at or after `minute`. */
export function lowerBound(minutes: Int32Array, minute: number, [from, to]: [number, number]) {
  while (from < to) {
    const middle = (from + to) >>> 1
    if (minutes[middle]! < minute) from = middle + 1
    else to = middle
  }
  return from
}

/** The same, where it is most likely near the first of them. */
export function lowerBoundFrom(minutes: Int32Array, minute: number, [from, to]: [number, number]) {
  let step = 64
  while (from + step < to && minutes[from + step]! < minute) {
    from += step
    step *= 2
  }
  return lowerBound(minutes, minute, [from, Math.min(from + step, to)])
}

interface Summing {
  /** The place of each combination. */
  places: Uint16Array
  /** One for each place; with bins 512. */
  sums: Int32Array
  /** All rows have place 1. */
  isWhole?: boolean | undefined
}

/** Adds rows [from, to) to the sums of their places. */
export function addUp(rows: Arrays, range: [number, number], summing: Summing): void {
  const { bins } = rows
  const { places, sums, isWhole } = summing
  if (bins) addByBin({ ...rows, bins }, range, summing)
  else if (isWhole) sums[1]! += sumOfAll(rows, range)
  else if (sums.length === 2) sums[1]! += sumOfPlaceOne(rows, range, places)
  else addByPlace(rows, range, summing)
}

// After every write the engine asks anew where each array lies: eight rows at once take half the time,
// where they are written out; a function that says where a row belongs is not inlined at all times.

function addByBin(
  { combinations, ns, bins }: Arrays & { bins: Uint16Array },
  [from, to]: [number, number],
  { places, sums }: Summing,
): void {
  let row = from
  for (; row + 8 <= to; row += 8) {
    const a = places[combinations[row]!]! * BINS + bins[row]!
    const b = places[combinations[row + 1]!]! * BINS + bins[row + 1]!
    const c = places[combinations[row + 2]!]! * BINS + bins[row + 2]!
    const d = places[combinations[row + 3]!]! * BINS + bins[row + 3]!
    const e = places[combinations[row + 4]!]! * BINS + bins[row + 4]!
    const f = places[combinations[row + 5]!]! * BINS + bins[row + 5]!
    const g = places[combinations[row + 6]!]! * BINS + bins[row + 6]!
    const h = places[combinations[row + 7]!]! * BINS + bins[row + 7]!
    sums[a]! += ns[row]!
    sums[b]! += ns[row + 1]!
    sums[c]! += ns[row + 2]!
    sums[d]! += ns[row + 3]!
    sums[e]! += ns[row + 4]!
    sums[f]! += ns[row + 5]!
    sums[g]! += ns[row + 6]!
    sums[h]! += ns[row + 7]!
  }
  for (; row < to; row++) sums[places[combinations[row]!]! * BINS + bins[row]!]! += ns[row]!
}

function addByPlace(
  { combinations, ns }: Arrays,
  [from, to]: [number, number],
  { places, sums }: Summing,
): void {
  let row = from
  for (; row + 8 <= to; row += 8) {
    const a = places[combinations[row]!]!
    const b = places[combinations[row + 1]!]!
    const c = places[combinations[row + 2]!]!
    const d = places[combinations[row + 3]!]!
    const e = places[combinations[row + 4]!]!
    const f = places[combinations[row + 5]!]!
    const g = places[combinations[row + 6]!]!
    const h = places[combinations[row + 7]!]!
    sums[a]! += ns[row]!
    sums[b]! += ns[row + 1]!
    sums[c]! += ns[row + 2]!
    sums[d]! += ns[row + 3]!
    sums[e]! += ns[row + 4]!
    sums[f]! += ns[row + 5]!
    sums[g]! += ns[row + 6]!
    sums[h]! += ns[row + 7]!
  }
  for (; row < to; row++) sums[places[combinations[row]!]!]! += ns[row]!
}

function sumOfAll({ ns }: Arrays, [from, to]: [number, number]): number {
  let sum = 0
  for (let row = from; row < to; row++) sum += ns[row]!
  return sum
}

/** Where there is but one place beside 0, one sum need not go through memory: half the time. */
function sumOfPlaceOne(
  { combinations, ns }: Arrays,
  [from, to]: [number, number],
  places: Uint16Array,
): number {
  let sum = 0
  for (let row = from; row < to; row++) sum += Math.imul(ns[row]!, places[combinations[row]!]!)
  return sum
}

/** Visits the sums that are not zero and belong to a place other than 0; all are zero after. */
export function takeSums(sums: Int32Array, width: number, visit: (at: number, n: number) => void) {
  for (let at = width; at < sums.length; at++) {
    if (sums[at] !== 0) visit(at, sums[at]!)
  }
  sums.fill(0)
}
