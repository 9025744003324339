import type { Cell } from '#shared/view.ts'

/** `claim`: a share that is higher or lower, and by itself neither better nor worse. */
export type ChangeKind = 'count' | 'stock' | 'share' | 'claim' | 'duration'
export type ChangeWord =
  ('more' | 'fewer' | 'higher' | 'lower' | 'same') | ('better' | 'worse' | 'slower' | 'faster')

/** How a number differs from the previous period: an amount, how to write it, and the word for it. */
export interface Change {
  /** `percent`: a share of the number before. */
  as: 'percent' | 'count' | 'points' | 'duration'
  amount: number
  word: ChangeWord
}

const words: Record<ChangeKind, [up: ChangeWord, down: ChangeWord]> = {
  count: ['more', 'fewer'],
  stock: ['more', 'fewer'],
  share: ['better', 'worse'],
  claim: ['higher', 'lower'],
  duration: ['slower', 'faster'],
}

/** Undefined where either side is missing: nothing to compare is not "no change". */
export function changeOf(kind: ChangeKind, now: Cell, before: Cell): Change | undefined {
  if (now === null || before === null) return undefined
  const difference = now - before
  const wordOf = (amount: number) => wordFor(kind, amount)
  if (kind === 'share' || kind === 'claim') return ofShare('points', difference, wordOf)
  if (kind === 'duration') return { as: 'duration', amount: difference, word: wordOf(difference) }
  if (kind === 'stock' || before === 0)
    return { as: 'count', amount: difference, word: wordOf(difference) }
  return ofShare('percent', difference / before, wordOf)
}

/** Written with one decimal: what is nothing when it is written is no change. */
function ofShare(as: Change['as'], amount: number, wordOf: (amount: number) => ChangeWord): Change {
  return { as, amount, word: wordOf(Math.round(amount * 1000)) }
}

function wordFor(kind: ChangeKind, difference: number): ChangeWord {
  if (difference === 0) return 'same'
  return words[kind][difference > 0 ? 0 : 1]
}
