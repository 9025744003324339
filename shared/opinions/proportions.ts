/** One-sided 90 %. */
export const Z90 = 1.2816

/** A share as guessed before all is known: one vote either way is added (Laplace). */
export const likely = (hits: number, n: number): number => (hits + 1) / (n + 2)

/** How many standard errors a share lies above one half. */
export function aboveHalf(hits: number, n: number): number {
  return 2 * Math.sqrt(n + 1) * ((hits + 1) / (n + 1) - 0.5)
}

interface Share {
  hits: number
  n: number
}

/** How many standard errors one share lies above the other: the two-proportion test, with one vote for added to each. */
export function above(one: Share, other: Share): number {
  const [hits, n] = [one.hits + 1, one.n + 1]
  const [otherHits, otherN] = [other.hits + 1, other.n + 1]
  const pooled = (hits + otherHits) / (n + otherN)
  if (pooled >= 1) return 0
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / otherN))
  return (hits / n - otherHits / otherN) / error
}
