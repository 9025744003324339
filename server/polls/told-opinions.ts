import type { Opinions } from '#shared/opinions/opinions.ts'
import type { ToldOpinions } from '#shared/polls/told.ts'

/** Steps of the map to each side: who stands nearly at one place is told as one point. */
const STEPS = 30

interface Read {
  seq: number
  voters: number
  /** Of the statements, in their order. */
  codes: readonly string[]
}

/** Opinions as everybody may know them: no voter by name, no group smaller than may be told. */
export function toldOpinions(opinions: Opinions, { seq, voters, codes }: Read): ToldOpinions {
  const { groups, silhouette, unites, divides, placed } = opinions
  const scale = scaleOf(opinions)
  const byGroup = (statement: number) => groups.map(({ tallies }) => tallies[statement]!)
  return {
    ...{ seq, voters, silhouette, placed: placed.length },
    groups: groups.map(({ size, centre: [x, y], characteristics }) => ({
      size,
      centre: [x * scale, y * scale],
      characteristics: characteristics.map((one) => ({ ...one, statement: codes[one.statement]! })),
    })),
    points: groups.length === 0 ? [] : pointsOf(opinions, scale),
    unites: unites.map(({ statement, wants }) => ({
      ...{ statement: codes[statement]!, wants },
      byGroup: byGroup(statement),
    })),
    divides: divides.map(({ statement }) => ({
      statement: codes[statement]!,
      byGroup: byGroup(statement),
    })),
  }
}

/** So that who stands furthest out stands at 1. */
function scaleOf({ x, y }: Opinions): number {
  let most = 0
  for (let i = 0; i < x.length; i++) most = Math.max(most, Math.abs(x[i]!), Math.abs(y[i]!))
  return most > 0 ? 1 / most : 1
}

function pointsOf({ x, y, groupOf }: Opinions, scale: number): [number, number, number, number][] {
  const counts = new Map<string, [number, number, number, number]>()
  const step = (at: number) => Math.round(at * scale * STEPS) / STEPS
  for (let i = 0; i < x.length; i++) {
    const [group, left, up] = [groupOf[i]!, step(x[i]!), step(y[i]!)]
    const key = `${group} ${left} ${up}`
    const point = counts.get(key) ?? [group, left, up, 0]
    point[3]++
    counts.set(key, point)
  }
  return [...counts.values()].sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
}
