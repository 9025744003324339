/** Numbers in [0, 1), the same ones for the same seed. */
export type Random = () => number

/** Mulberry32, by Tommy Ettinger, public domain: 32 bits of state, good enough for a stage set. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** One seed out of several numbers: the finalizer of MurmurHash3 over each. */
export function seedOf(...numbers: readonly number[]): number {
  let seed = 0
  for (const number of numbers) {
    seed = Math.imul((seed ^ number) + 0x9e3779b9, 0x85ebca6b)
    seed = Math.imul(seed ^ (seed >>> 13), 0xc2b2ae35)
    seed ^= seed >>> 16
  }
  return seed >>> 0
}

/** Picks one of the items, each as likely as its share of all the weights. */
export function pickFrom<T extends { weight: number }>(items: readonly T[]): (random: Random) => T {
  let sum = 0
  const upTo = items.map(({ weight }) => (sum += weight))
  return (random) => {
    const at = random() * sum
    let index = 0
    while (at >= upTo[index]!) index++
    return items[index]!
  }
}

/** How many happen when `mean` are expected: Poisson, by Knuth. For means up to 700. */
export function countOf(random: Random, mean: number): number {
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > limit; product *= random()) count++
  return count
}

/** Log-normal: half lie below `median`, and `spread` is the standard deviation of the logarithm. */
export function around(random: Random, median: number, spread: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return median * Math.exp(spread * normal)
}
