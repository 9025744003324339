/** Outside of this lies what chance alone makes of one count in twenty. */
const CLEAR = 1.959964

/**
 * How far two counts of stretches of equal length lie apart, in standard deviations of what chance makes:
 * the signed root of the deviance of two Poisson counts from one common rate, so that 96 after 32 has moved
 * further than 6 after 2 (likelihood ratio: Wilks 1938, Ann. Math. Statist. 9; its signed root: McCullagh
 * and Nelder 1989, Generalized Linear Models, 2.4). Zero where they are equal.
 */
export function moved(now: number, before: number): number {
  const middle = (now + before) / 2
  const deviance = 2 * (apart(now, middle) + apart(before, middle))
  return Math.sign(now - before) * Math.sqrt(Math.max(0, deviance))
}

export type Move = 'more' | 'fewer' | 'same' | 'unclear' | 'few'

/** The word for a change: it claims no direction that chance could have made, nor one of fewer than `minN`. */
export function moveOf(now: number, before: number, minN: number): Move {
  if (now + before < minN) return 'few'
  if (now === before) return 'same'
  const distance = moved(now, before)
  if (Math.abs(distance) < CLEAR) return 'unclear'
  return distance > 0 ? 'more' : 'fewer'
}

const apart = (count: number, expected: number): number =>
  count === 0 ? 0 : count * Math.log(count / expected)
