import { type Characteristic, characteristicsOf } from './characteristic.ts'
import { clustersOf } from './clusters.ts'
import { type Dividing, dividingOf, type Uniting, unitingOf } from './common.ts'
import { planeOf } from './plane.ts'
import { talliesOf, type Tally, thoseWith, type Votes } from './votes.ts'

/** Votes after which somebody can be placed, where there are as many statements. */
const ENOUGH = 7

export interface OpinionGroup {
  size: number
  centre: [x: number, y: number]
  /** Of each statement. */
  tallies: Tally[]
  characteristics: Characteristic[]
}

/** How those who vote alike fall into groups. */
export interface Opinions {
  /** The voters who are placed, by their place among all. */
  placed: Int32Array
  x: Float64Array
  y: Float64Array
  /** Of each that is placed; 0 everywhere where there are no groups. */
  groupOf: Uint8Array
  /** The largest first; none where all vote alike or too few vote. */
  groups: OpinionGroup[]
  /** 0: the groups lie not apart at all; 1: wholly. Null without groups. */
  silhouette: number | null
  unites: Uniting[]
  divides: Dividing[]
}

/**
 * Opinion groups, none smaller than `least`, what stands for each, what unites and what divides them
 * (Small et al. 2021, “Polis: Scaling deliberation by mapping high dimensional opinion spaces”). Who voted on fewer
 * than seven statements is not placed. The same votes give the same groups, in whichever order they stand.
 */
export function opinionsOf(votes: Votes, { least }: { least: number }): Opinions {
  const { votes: cast, kept } = thoseWith(votes, Math.max(1, Math.min(ENOUGH, votes.statements)))
  const plane = planeOf(cast)
  const placed = { placed: kept, ...plane }
  const clusters = clustersOf(plane, least)
  if (!clusters) return { ...placed, ...nothing(kept.length) }
  const { groupOf, sizes, centres, silhouette } = clusters
  const byGroup = talliesOf(cast, groupOf, sizes.length)
  const groups = sizes.map((size, group) => ({
    size,
    centre: centres[group]!,
    tallies: byGroup[group]!,
    characteristics: characteristicsOf(byGroup, group),
  }))
  const common = { unites: unitingOf(byGroup), divides: dividingOf(byGroup) }
  return { ...placed, groupOf, groups, silhouette, ...common }
}

const nothing = (voters: number) => ({
  groupOf: new Uint8Array(voters),
  groups: [],
  silhouette: null,
  unites: [],
  divides: [],
})
