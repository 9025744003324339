/** What a person may say of a statement; each stands in the tables as its number. */
export const stands = ['agree', 'pass', 'disagree'] as const
export type Stand = (typeof stands)[number]

/** Agree 1, pass 0, disagree −1. */
export const numberOf = (stand: Stand): number => 1 - stands.indexOf(stand)

/** One person's vote on one statement, both by their places. */
export interface Vote {
  voter: number
  statement: number
  value: number
}

/** Votes of many people on many statements, of which most have seen few: one voter after the other. */
export interface Votes {
  readonly voters: number
  readonly statements: number
  /** Where each voter's votes start, and where the last one's end. */
  readonly starts: Int32Array
  readonly statementOf: Int32Array
  readonly values: Int8Array
}

interface Size {
  voters: number
  statements: number
}

/** `list` holds each pair of voter and statement at most once. */
export function votesOf(list: readonly Vote[], { voters, statements }: Size): Votes {
  const starts = new Int32Array(voters + 1)
  for (const { voter } of list) starts[voter + 1]!++
  for (let voter = 0; voter < voters; voter++) starts[voter + 1]! += starts[voter]!
  const next = starts.slice()
  const statementOf = new Int32Array(list.length)
  const values = new Int8Array(list.length)
  for (const { voter, statement, value } of list) {
    const at = next[voter]!++
    statementOf[at] = statement
    values[at] = value
  }
  return { voters, statements, starts, statementOf, values }
}

/** Those who voted on at least `least` statements, in their order; `kept` says who they are. */
export function thoseWith(votes: Votes, least: number): { votes: Votes; kept: Int32Array } {
  const { starts, statements } = votes
  const kept = Int32Array.from(
    Array.from({ length: votes.voters }, (_, voter) => voter).filter(
      (voter) => starts[voter + 1]! - starts[voter]! >= least,
    ),
  )
  const keptStarts = new Int32Array(kept.length + 1)
  for (const [at, voter] of kept.entries()) {
    keptStarts[at + 1] = keptStarts[at]! + starts[voter + 1]! - starts[voter]!
  }
  const size = keptStarts[kept.length]!
  const statementOf = new Int32Array(size)
  const values = new Int8Array(size)
  for (const [at, voter] of kept.entries()) {
    statementOf.set(votes.statementOf.subarray(starts[voter], starts[voter + 1]), keptStarts[at])
    values.set(votes.values.subarray(starts[voter], starts[voter + 1]), keptStarts[at])
  }
  return {
    kept,
    votes: { voters: kept.length, statements, starts: keptStarts, statementOf, values },
  }
}

/** How often each statement was agreed with, disagreed with and passed on. */
export interface Tally {
  agree: number
  disagree: number
  pass: number
}

export const seenBy = ({ agree, disagree, pass }: Tally): number => agree + disagree + pass

/** For each group the tally of each statement; who is in group −1 is in none. */
export function talliesOf(
  { voters, statements, starts, statementOf, values }: Votes,
  groupOf: ArrayLike<number>,
  groups: number,
): Tally[][] {
  const counts = new Int32Array(groups * statements * 3)
  for (let voter = 0; voter < voters; voter++) {
    const group = groupOf[voter]!
    if (group < 0) continue
    for (let at = starts[voter]!; at < starts[voter + 1]!; at++) {
      counts[(group * statements + statementOf[at]!) * 3 + 1 - values[at]!]!++
    }
  }
  return Array.from({ length: groups }, (_, group) =>
    Array.from({ length: statements }, (__, statement) => {
      const from = (group * statements + statement) * 3
      return { agree: counts[from]!, pass: counts[from + 1]!, disagree: counts[from + 2]! }
    }),
  )
}
