import type { Position } from '#shared/deployment.ts'

export type Ring = Position[]

/** Decimals of a degree: about a metre. */
const PRECISION = 5

/** Twice the area within a closed ring, in square degrees; positive when it runs counterclockwise. */
function doubleArea(ring: Ring): number {
  return ring.reduce((sum, [x, y], at) => {
    const [nextX, nextY] = ring[at + 1] ?? ring[0]!
    return sum + x * nextY - nextX * y
  }, 0)
}

/** As GeoJSON wants it: outlines run counterclockwise, holes clockwise. */
export function wound(polygon: Ring[]): Ring[] {
  return polygon.map((ring, at) => (doubleArea(ring) > 0 === (at === 0) ? ring : ring.toReversed()))
}

/**
 * To the metre: what is shared stays shared. A hole that comes to nothing goes, and so does a polygon
 * whose outline does.
 */
export function rounded(polygons: Ring[][]): Ring[][] {
  return polygons
    .map((polygon) => polygon.map(roundedRing))
    .filter(([outline]) => isRing(outline!))
    .map((polygon) => polygon.filter(isRing))
}

/** Three corners, and the first again. */
const isRing = (ring: Ring): boolean => ring.length >= 4

function roundedRing(ring: Ring): Ring {
  const all = ring.map(([x, y]): Position => [roundTo(x), roundTo(y)])
  return all.filter(([x, y], at) => at === 0 || x !== all[at - 1]![0] || y !== all[at - 1]![1])
}

const roundTo = (degrees: number): number => Number(degrees.toFixed(PRECISION))
