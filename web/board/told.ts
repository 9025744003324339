import type { Cell, ViewState } from '#shared/view.ts'
import { claimedShare } from '#shared/measures/resolution-gap.ts'
import { totalOf } from './read-view.ts'

/** Below this no count of people is told. */
const SMALL = 10

/** A share as it was published, and what it was made of; counts are rounded to 5, the share is a whole percent. */
export interface Told {
  value: Cell
  hits: Cell
  n: Cell
  /** Why there is no value: `few` people, or a count that would lay a small one bare. */
  withheld?: 'few' | 'small' | undefined
}

/** What was told of a rate; `hits` and `value` name their columns. */
function toldOf(
  view: ViewState,
  { value, hits, n }: { value: Cell; hits: string; n: string },
): Told {
  const told = { value, hits: totalOf(view, hits), n: totalOf(view, n) }
  return value === null ? { ...told, withheld: withheldBy(view, n) } : told
}

function withheldBy(view: ViewState, n: string): 'few' | 'small' {
  const most = totalOf(view, `${n}.high`)
  return most !== null && most < SMALL ? 'few' : 'small'
}

export interface ToldPair {
  citizens: Told
  /** Of the same citizens' tickets. */
  agencies: Told
  /** How many points agencies are above citizens, as a share; below zero, citizens say more. */
  gap: Cell
  coverage: Cell
}

/** The two judges of one population: those who answered whether it is resolved. */
export function toldPair(view: ViewState): ToldPair {
  const [hits, n] = ['resolutionGap.asserted', 'resolutionGap.n']
  const share = claimedShare(totalOf(view, hits), totalOf(view, n))
  return {
    citizens: toldRate(view, 'resolutionConfirmed'),
    agencies: toldOf(view, { value: share, hits, n }),
    gap: totalOf(view, 'resolutionGap'),
    coverage: totalOf(view, 'surveyCoverage'),
  }
}

export function toldRate(view: ViewState, measure: string): Told {
  return toldOf(view, {
    value: totalOf(view, measure),
    hits: `${measure}.numerator`,
    n: `${measure}.n`,
  })
}
