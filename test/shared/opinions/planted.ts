import type { Vote } from '#shared/opinions/votes.ts'

interface Planting {
  groups: number
  /** Voters of each group. */
  each: number
  statements: number
  /** How often somebody votes as if of no group. */
  noise?: number
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** The numbers below `size`, in another order. */
export function shuffled(size: number, seed: number): number[] {
  const random = randomFrom(seed)
  const all = Array.from({ length: size }, (_, i) => ({ i, at: random() }))
  return all.sort((a, b) => a.at - b.at).map(({ i }) => i)
}

/**
 * Voters of groups, of which each has its own opinion of every statement: the corners of a polygon seen
 * from the statement’s own side. They saw four statements of five.
 */
export function planted({ groups, each, statements, noise = 0.05 }: Planting) {
  const random = randomFrom(groups * 1000 + statements)
  const size = { voters: groups * each, statements }
  const list: Vote[] = []
  const belongs = Array.from({ length: size.voters }, (_, voter) => voter % groups)
  for (const [voter, group] of belongs.entries()) {
    const angle = (2 * Math.PI * group) / groups
    for (let statement = 0; statement < statements; statement++) {
      if (random() < 0.2) continue
      const wanted = Math.cos(angle - (2 * Math.PI * statement) / statements - 0.3)
      const value = random() < noise ? Math.floor(3 * random()) - 1 : Math.sign(roundOff(wanted))
      list.push({ voter, statement, value })
    }
  }
  return { list, size, belongs }
}

/** Little is nothing. */
const roundOff = (value: number): number => (Math.abs(value) < 0.2 ? 0 : value)
