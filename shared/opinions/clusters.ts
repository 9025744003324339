import type { Plane } from './plane.ts'

const MOST = 5
const ROUNDS = 100
/** Points against which silhouettes are taken. */
const SAMPLE = 1000

export interface Clusters {
  /** The group of each point, the largest being 0. */
  groupOf: Uint8Array
  sizes: number[]
  centres: [x: number, y: number][]
  /** How clearly they lie apart: 0 not at all, 1 wholly. */
  silhouette: number
}

/**
 * The two to five groups that lie furthest apart by their silhouette (Rousseeuw 1987), each of at least
 * `least` points; undefined when there are no such groups, as where all stand at one point. k-means
 * (Lloyd 1982) from starts that do not depend on the order of the points, so that no chance is in it; about
 * points × groups × rounds steps.
 */
export function clustersOf(plane: Plane, least: number): Clusters | undefined {
  const orders = ordersOf(plane)
  const sample = sampleOf(orders[0]!)
  let best: Clusters | undefined
  for (let k = 2; k <= MOST; k++) {
    const groupOf = closest(plane, startsOf(plane, orders, k))
    if (!groupOf || Math.min(...sizesOf(groupOf, k)) < Math.max(1, least)) continue
    const silhouette = silhouetteOf(plane, groupOf, { sample, k })
    if (best && silhouette <= best.silhouette + 1e-9) continue
    best = { ...largestFirst(plane, groupOf, k), silhouette }
  }
  return best
}

/** The points from left to right, from below, and around their middle. */
function ordersOf({ x, y }: Plane): Int32Array[] {
  const [midX, midY] = [meanOf(x), meanOf(y)]
  const around = x.map((at, i) => Math.atan2(y[i]! - midY, at - midX))
  const all = Int32Array.from(x, (_, i) => i)
  return [
    all.toSorted((i, j) => x[i]! - x[j]! || y[i]! - y[j]!),
    all.toSorted((i, j) => y[i]! - y[j]! || x[i]! - x[j]!),
    all.toSorted((i, j) => around[i]! - around[j]!),
  ]
}

function sampleOf(order: Int32Array): Int32Array {
  const step = Math.max(1, order.length / SAMPLE)
  return Int32Array.from(
    { length: Math.min(SAMPLE, order.length) },
    (_, i) => order[Math.floor(i * step)]!,
  )
}

type Start = Float64Array

/** Centres to begin with, as x, y, x, y …: of equal parts by either axis and by the direction seen from the middle, and far from each other. */
function startsOf(plane: Plane, orders: readonly Int32Array[], k: number): Start[] {
  const from: [number, number] = [meanOf(plane.x), meanOf(plane.y)]
  const parted = orders.map((order) => partsOf(plane, order, k))
  return [...parted, farApart(plane, orders[0]!, { k, from })]
}

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

function partsOf(plane: Plane, order: Int32Array, k: number): Start {
  const groupOf = new Uint8Array(order.length)
  for (const [at, i] of order.entries()) groupOf[i] = Math.floor((at * k) / order.length)
  return centresOf(plane, groupOf, k)
}

/** The point furthest from the middle, then each that is furthest from those before. */
function farApart(
  { x, y }: Plane,
  order: Int32Array,
  { k, from }: { k: number; from: [number, number] },
): Start {
  const start = new Float64Array(2 * k)
  const away = new Float64Array(x.length).fill(Infinity)
  let [lastX, lastY] = from
  for (let group = 0; group < k; group++) {
    let far = order[0]!
    for (const i of order) {
      const distance = (x[i]! - lastX) ** 2 + (y[i]! - lastY) ** 2
      away[i] = group === 0 ? distance : Math.min(away[i]!, distance)
      if (away[i]! > away[far]!) far = i
    }
    if (group === 0) away.fill(Infinity)
    lastX = start[2 * group] = x[far]!
    lastY = start[2 * group + 1] = y[far]!
  }
  return start
}

/** The groups with the least sum of squares that any of the starts leads to; undefined when all leave one empty. */
function closest(plane: Plane, starts: readonly Start[]): Uint8Array | undefined {
  let best: { groupOf: Uint8Array; squares: number } | undefined
  for (const start of starts) {
    const found = settled(plane, start)
    if (found && (!best || found.squares < best.squares * (1 - 1e-9))) best = found
  }
  return best?.groupOf
}

function settled(plane: Plane, start: Start) {
  const k = start.length / 2
  const groupOf = new Uint8Array(plane.x.length).fill(k)
  let centres = start
  for (let round = 0; ; round++) {
    const { changed, squares } = assign(plane, centres, groupOf)
    if (sizesOf(groupOf, k).includes(0)) return undefined
    if (changed === 0 || round === ROUNDS) return { groupOf, squares }
    centres = centresOf(plane, groupOf, k)
  }
}

function assign({ x, y }: Plane, centres: Start, groupOf: Uint8Array) {
  let changed = 0
  let squares = 0
  for (let i = 0; i < x.length; i++) {
    let nearest = 0
    let least = Infinity
    for (let at = 0; at < centres.length; at += 2) {
      const distance = (x[i]! - centres[at]!) ** 2 + (y[i]! - centres[at + 1]!) ** 2
      if (distance >= least) continue
      least = distance
      nearest = at / 2
    }
    squares += least
    if (groupOf[i] === nearest) continue
    groupOf[i] = nearest
    changed++
  }
  return { changed, squares }
}

function sizesOf(groupOf: Uint8Array, k: number): number[] {
  const sizes = new Array<number>(k).fill(0)
  for (const group of groupOf) sizes[group]!++
  return sizes
}

function centresOf({ x, y }: Plane, groupOf: Uint8Array, k: number): Float64Array {
  const sums = new Float64Array(2 * k)
  for (let i = 0; i < x.length; i++) {
    sums[2 * groupOf[i]!]! += x[i]!
    sums[2 * groupOf[i]! + 1]! += y[i]!
  }
  const sizes = sizesOf(groupOf, k)
  return sums.map((sum, at) => sum / Math.max(1, sizes[Math.floor(at / 2)]!))
}

/** The mean over a sample of (b − a) ÷ max(a, b): a the mean distance to one's own group, b to the nearest other. */
function silhouetteOf(
  { x, y }: Plane,
  groupOf: Uint8Array,
  { sample, k }: { sample: Int32Array; k: number },
): number {
  let total = 0
  for (const i of sample) {
    const sums = new Float64Array(k)
    const counts = new Float64Array(k)
    for (const j of sample) {
      if (i === j) continue
      const dx = x[i]! - x[j]!
      const dy = y[i]! - y[j]!
      sums[groupOf[j]!]! += Math.sqrt(dx * dx + dy * dy)
      counts[groupOf[j]!]!++
    }
    total += widthOf(sums, counts, groupOf[i]!)
  }
  return total / Math.max(1, sample.length)
}

/** 0 for a point that stands alone in its group. */
function widthOf(sums: Float64Array, counts: Float64Array, own: number): number {
  if (counts[own] === 0) return 0
  const within = sums[own]! / counts[own]!
  let between = Infinity
  for (let group = 0; group < sums.length; group++) {
    if (group === own || counts[group] === 0) continue
    between = Math.min(between, sums[group]! / counts[group]!)
  }
  const larger = Math.max(within, between)
  return larger > 0 && larger < Infinity ? (between - within) / larger : 0
}

/** Groups that are equally large stand from left to right. */
function largestFirst(plane: Plane, groupOf: Uint8Array, k: number): Omit<Clusters, 'silhouette'> {
  const sizes = sizesOf(groupOf, k)
  const flat = centresOf(plane, groupOf, k)
  const order = sizes
    .map((_, group) => group)
    .sort((a, b) => sizes[b]! - sizes[a]! || flat[2 * a]! - flat[2 * b]!)
  return {
    groupOf: groupOf.map((group) => order.indexOf(group)),
    sizes: order.map((group) => sizes[group]!),
    centres: order.map((group) => [flat[2 * group]!, flat[2 * group + 1]!]),
  }
}
