import { above, aboveHalf, likely, Z90 } from './proportions.ts'
import { type Stand, seenBy, type Tally } from './votes.ts'

const MOST = 5

/** What tells a group from all others: more of it than of them wants this. */
export interface Characteristic {
  statement: number
  wants: Exclude<Stand, 'pass'>
  /** Of the group: those who want it, and those who voted. */
  hits: number
  n: number
  otherHits: number
  otherN: number
}

/**
 * Up to five statements that stand for a group: most of it wants them, and more than of all others
 * together, each by a test at 90 % (Small et al. 2021); the clearest first.
 */
export function characteristicsOf(tallies: readonly (readonly Tally[])[], group: number) {
  const found = tallies[group]!.flatMap((_, statement) => {
    const both = (['agree', 'disagree'] as const).map((wants) => {
      const one = characteristic(tallies, { group, statement, wants })
      return { ...one, weight: weightOf(one) }
    })
    return both.filter(({ weight }) => weight > 0)
  })
  return found
    .sort((a, b) => b.weight - a.weight || a.statement - b.statement)
    .slice(0, MOST)
    .map(({ weight: _, ...one }): Characteristic => one)
}

function characteristic(
  tallies: readonly (readonly Tally[])[],
  { group, statement, wants }: { group: number; statement: number; wants: 'agree' | 'disagree' },
): Characteristic {
  const own = tallies[group]![statement]!
  const others = tallies.filter((_, at) => at !== group).map((all) => all[statement]!)
  return {
    statement,
    wants,
    hits: own[wants],
    n: seenBy(own),
    otherHits: others.reduce((sum, one) => sum + one[wants], 0),
    otherN: others.reduce((sum, one) => sum + seenBy(one), 0),
  }
}

/** 0 when either test fails. */
function weightOf({ hits, n, otherHits, otherN }: Characteristic): number {
  const most = aboveHalf(hits, n)
  const more = above({ hits, n }, { hits: otherHits, n: otherN })
  if (most <= Z90 || more <= Z90) return 0
  return most * more * likely(hits, n) * (likely(hits, n) / likely(otherHits, otherN))
}
