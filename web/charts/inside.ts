export type Point = readonly [x: number, y: number]
/** Rings of one polygon: its outline, then its holes. */
export type Rings = readonly (readonly Point[])[]

const STEPS = 28
/** Words are wider than high: room to the sides counts for less. */
const WIDE = 0.4

/** Where words find most room in a shape: the point farthest from every edge, of a fine grid. */
export function placeInside(polygons: readonly Rings[]): Point | undefined {
  let best: { point: Point; room: number } | undefined
  for (const rings of polygons) {
    const [left, top, right, bottom] = boxOf(rings[0] ?? [])
    for (let i = 1; i < STEPS; i++) {
      for (let j = 1; j < STEPS; j++) {
        const x = left + ((right - left) * i) / STEPS
        const y = top + ((bottom - top) * j) / STEPS
        const room = isInside(rings, [x, y]) ? roomAt(rings, [x, y]) : 0
        if (room > (best?.room ?? 0)) best = { point: [x, y], room }
      }
    }
  }
  return best?.point
}

function crossingsAt(ring: readonly Point[], y: number): number[] {
  return edgesOf(ring).flatMap(([[x1, y1], [x2, y2]]) =>
    y1 > y === y2 > y ? [] : [x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)],
  )
}

/** An odd number of edges lies to the right. */
export function isInside(rings: Rings, [x, y]: Point): boolean {
  const right = rings.flatMap((ring) => crossingsAt(ring, y)).filter((at) => at > x)
  return right.length % 2 === 1
}

function roomAt(rings: Rings, point: Point): number {
  return Math.min(...rings.flatMap(edgesOf).map(([from, to]) => distance(point, from, to)))
}

function distance([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [(bx - ax) * WIDE, by - ay]
  const [qx, qy] = [(px - ax) * WIDE, py - ay]
  const length = dx * dx + dy * dy
  const share = length === 0 ? 0 : Math.max(0, Math.min(1, (qx * dx + qy * dy) / length))
  return Math.hypot(qx - share * dx, qy - share * dy)
}

const edgesOf = (ring: readonly Point[]): [Point, Point][] =>
  ring.slice(1).map((to, index) => [ring[index]!, to])

export function boxOf(ring: readonly Point[]): [number, number, number, number] {
  const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)]
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}
