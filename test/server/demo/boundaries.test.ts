import { expect, test } from 'vitest'
import type { Position } from '#shared/deployment.ts'
import { areas } from '../../../server/demo/areas.ts'
import { boundaries } from '../../../server/demo/boundaries.ts'

type Edge = readonly [from: Position, to: Position]

const nameOf = ([x, y]: Position): string => `${x} ${y}`

const edgesOf = (ring: readonly Position[]): Edge[] =>
  ring.slice(1).map((to, at) => [ring[at]!, to])

/** Positive counterclockwise, in hundred-thousandths of a degree squared: whole numbers add up exactly. */
function areaOf(edges: readonly Edge[]): bigint {
  const whole = (degrees: number) => BigInt(Math.round(degrees * 1e5))
  return edges.reduce(
    (sum, [from, to]) => sum + whole(from[0]) * whole(to[1]) - whole(to[0]) * whole(from[1]),
    0n,
  )
}

/** Edges that no other area has the other way around, chained into closed lines. */
function outlines(edges: readonly Edge[]): Edge[][] {
  const all = new Set(edges.map(([from, to]) => `${nameOf(from)} ${nameOf(to)}`))
  const outer = edges.filter(([from, to]) => !all.has(`${nameOf(to)} ${nameOf(from)}`))
  const next = new Map(outer.map((edge) => [nameOf(edge[0]), edge]))
  expect(next.size, 'no two outer edges begin at one point').toBe(outer.length)
  const lines: Edge[][] = []
  for (const [first] of next) {
    const line: Edge[] = []
    for (let at = first; next.has(at); at = nameOf(line.at(-1)![1])) {
      line.push(next.get(at)!)
      next.delete(at)
    }
    if (line.length === 0) continue
    expect(nameOf(line.at(-1)![1])).toBe(first)
    lines.push(line)
  }
  return lines
}

test('the demonstration city draws every one of its areas, and the outer isles as three', () => {
  expect(Object.keys(boundaries).sort()).toEqual(areas.map(({ code }) => code).sort())
  expect(boundaries['outer-isles']).toHaveLength(3)
})

test('its areas share their borders point by point: no gap, no overlap, one coast around the mainland', () => {
  const rings = Object.values(boundaries).flat()
  const edges = rings.flatMap(edgesOf)
  const lines = outlines(edges)

  expect(new Set(edges.map((edge) => edge.map(nameOf).join())).size).toBe(edges.length)
  expect(lines).toHaveLength(1 + 3)
  expect(rings.every((ring) => areaOf(edgesOf(ring)) > 0n)).toBe(true)
  const sum = rings.reduce((total, ring) => total + areaOf(edgesOf(ring)), 0n)
  expect(lines.reduce((total, line) => total + areaOf(line), 0n)).toBe(sum)
  expect(lines.every((line) => areaOf(line) > 0n)).toBe(true)
})

test('no two of its borders cross', () => {
  const edges = Object.values(boundaries).flat().flatMap(edgesOf)
  const side = ([a, b]: Edge, p: Position) =>
    Math.sign((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]))
  const touch = (one: Edge, other: Edge) =>
    one.some((p) => other.some((q) => nameOf(p) === nameOf(q)))
  const cross = (one: Edge, other: Edge) =>
    side(one, other[0]) * side(one, other[1]) < 0 && side(other, one[0]) * side(other, one[1]) < 0
  const crossing = edges.filter((one, at) =>
    edges.slice(at + 1).some((other) => !touch(one, other) && cross(one, other)),
  )
  expect(crossing).toEqual([])
})
