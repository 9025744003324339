import { wilson } from '#shared/measures/wilson.ts'

/** A share and what it was made of. */
export interface Share {
  hits: number
  n: number
}

/**
 * The 95 % interval of the difference a − b of two shares of separate tickets, by the score intervals of
 * each: method 10 of Newcombe 1998, Statistics in Medicine 17, 873–890.
 */
export function differenceOf(a: Share, b: Share): [low: number, high: number] {
  const [first, second] = [a.hits / a.n, b.hits / b.n]
  const [[lowA, highA], [lowB, highB]] = [wilson(a.hits, a.n), wilson(b.hits, b.n)]
  const difference = first - second
  return [
    difference - Math.hypot(first - lowA, highB - second),
    difference + Math.hypot(highA - first, second - lowB),
  ]
}
