import { above, aboveHalf, likely, Z90 } from './proportions.ts'
import { type Stand, seenBy, type Tally } from './votes.ts'

const MOST = 10

/** What most of every group wants. */
export interface Uniting {
  statement: number
  wants: Exclude<Stand, 'pass'>
  /** The likely shares of the groups, multiplied: 1 where all of all groups want it. */
  consensus: number
}

/** What most of one group agrees with and most of another does not. */
export interface Dividing {
  statement: number
  /** The groups that agree most and least. */
  forIt: number
  againstIt: number
  /** Points between their likely shares of agreement. */
  gap: number
}

type ByGroup = readonly (readonly Tally[])[]

/**
 * How much all groups want a statement: (wanting + 1) ÷ (votes + 2) of each, multiplied, so that no group
 * can be outvoted (group-informed consensus; Small et al. 2021).
 */
export function consensusOf(tallies: readonly Tally[], wants: Exclude<Stand, 'pass'>): number {
  return tallies.reduce((product, one) => product * likely(one[wants], seenBy(one)), 1)
}

/** Up to ten, what is wanted most first: in every group more than half want it, by a test at 90 %. */
export function unitingOf(byGroup: ByGroup): Uniting[] {
  return statementsOf(byGroup)
    .flatMap((tallies, statement) =>
      (['agree', 'disagree'] as const)
        .filter((wants) => tallies.every((one) => aboveHalf(one[wants], seenBy(one)) > Z90))
        .map((wants) => ({ statement, wants, consensus: consensusOf(tallies, wants) })),
    )
    .sort((a, b) => b.consensus - a.consensus || a.statement - b.statement)
    .slice(0, MOST)
}

/** Up to ten, the widest gap first: more than half of one group agree and of another disagree, each by a test at 90 %. */
export function dividingOf(byGroup: ByGroup): Dividing[] {
  return statementsOf(byGroup)
    .flatMap((tallies, statement) => {
      const shares = tallies.map((one) => likely(one.agree, seenBy(one)))
      const forIt = shares.indexOf(Math.max(...shares))
      const againstIt = shares.indexOf(Math.min(...shares))
      if (!isDivided(tallies[forIt]!, tallies[againstIt]!)) return []
      return [{ statement, forIt, againstIt, gap: shares[forIt]! - shares[againstIt]! }]
    })
    .sort((a, b) => b.gap - a.gap || a.statement - b.statement)
    .slice(0, MOST)
}

function isDivided(one: Tally, other: Tally): boolean {
  const [n, otherN] = [seenBy(one), seenBy(other)]
  if (aboveHalf(one.agree, n) <= Z90 || aboveHalf(other.disagree, otherN) <= Z90) return false
  return above({ hits: one.agree, n }, { hits: other.agree, n: otherN }) > Z90
}

/** Of each statement the tallies of all groups. */
function statementsOf(byGroup: ByGroup): Tally[][] {
  return (byGroup[0] ?? []).map((_, statement) => byGroup.map((all) => all[statement]!))
}
