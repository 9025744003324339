export interface Node {
  id: string
  at: string | null
}

export interface Edge {
  from: string
  to: string
}

/** A step of the way and how it is drawn: lanes are counted from the start of the line. */
export interface Row<N extends Node> {
  node: N
  lane: number
  /** Lanes in which a line comes from above, and leaves downwards. */
  above: number[]
  below: number[]
  /** Lanes that are joined to its own at its height. */
  across: number[]
  /** What it came from, and what came of it. */
  from: N[]
  to: N[]
}

/** Every step after all that it came from; of those that could be next, the earliest. A circle is cut where it is latest. */
export function inOrder<N extends Node>(nodes: readonly N[], edges: readonly Edge[]): N[] {
  const left = [...nodes]
  const ordered: N[] = []
  while (left.length > 0) {
    const waits = ({ id }: N) =>
      edges.some(({ from, to }) => to === id && from !== id && left.some((one) => one.id === from))
    const free = left.filter((node) => !waits(node))
    const next = earliest(free.length > 0 ? free : left)
    left.splice(left.indexOf(next), 1)
    ordered.push(next)
  }
  return ordered
}

/** What has no time of its own comes as soon as it can. */
function earliest<N extends Node>(nodes: readonly N[]): N {
  return nodes.reduce((one, other) => ((other.at ?? '') < (one.at ?? '') ? other : one))
}

/** Lays a way out as a vertical line: what was first done about a step goes on in its lane, all else branches off. */
export function rowsOf<N extends Node>(nodes: readonly N[], edges: readonly Edge[]): Row<N>[] {
  const ordered = inOrder(nodes, edges)
  const placeOf = new Map(ordered.map(({ id }, place) => [id, place]))
  const forward = edges.filter(({ from, to }) => (placeOf.get(from) ?? 0) < (placeOf.get(to) ?? -1))
  const lanes = lanesOf(ordered, forward)
  const rows = ordered.map((node): Row<N> => {
    const named = (ids: string[]) => ids.map((id) => ordered[placeOf.get(id)!]!)
    return {
      node,
      lane: lanes.get(node.id)!,
      ...{ above: [], below: [], across: [] },
      from: named(edges.filter(({ to }) => to === node.id).map(({ from }) => from)),
      to: named(edges.filter(({ from }) => from === node.id).map(({ to }) => to)),
    }
  })
  for (const edge of forward) draw(rows, edge, placeOf)
  return rows
}

function lanesOf(ordered: readonly Node[], edges: readonly Edge[]): Map<string, number> {
  const lanes = new Map<string, number>()
  const heirs = heirsOf(ordered, edges)
  let count = 0
  for (const { id } of ordered) {
    const parent = edges.find(({ from, to }) => to === id && heirs.get(from) === id)
    lanes.set(id, parent ? lanes.get(parent.from)! : count++)
  }
  return lanes
}

/** Of each step the one that goes on in its lane: the first that was done, before what was only named. */
function heirsOf(ordered: readonly Node[], edges: readonly Edge[]): Map<string, string> {
  const heirs = new Map<string, string>()
  const taken = new Set<string>()
  for (const { id } of ordered) {
    const own = ordered.filter((one) => edges.some(({ from, to }) => from === id && to === one.id))
    const free = own.filter((one) => !taken.has(one.id))
    const heir = free.find(({ at }) => at !== null) ?? free[0]
    if (!heir) continue
    heirs.set(id, heir.id)
    taken.add(heir.id)
  }
  return heirs
}

/** A line runs in the lane of the step it leads to, where that has come from it; else in that of where it came from. */
function draw<N extends Node>(
  rows: Row<N>[],
  { from, to }: Edge,
  placeOf: ReadonlyMap<string, number>,
): void {
  const [start, end] = [placeOf.get(from)!, placeOf.get(to)!]
  const [first, last] = [rows[start]!, rows[end]!]
  const isBranch = last.lane > first.lane
  const lane = isBranch ? last.lane : first.lane
  add(first.below, lane)
  add(last.above, lane)
  if (lane !== first.lane) add(first.across, lane)
  if (lane !== last.lane) add(last.across, lane)
  for (const row of rows.slice(start + 1, end)) {
    add(row.above, lane)
    add(row.below, lane)
  }
}

function add(lanes: number[], lane: number): void {
  if (!lanes.includes(lane)) lanes.push(lane)
}
