import type { Part } from '#shared/measures/part.ts'
import { type Dimension, dimensions } from '#shared/ticket.ts'
import type { Cube } from '../cube/cube.ts'
import type { Window } from '../cube/window.ts'
import type { Directory } from '../dimensions/directory.ts'

/** Exact sums of a window: of each part, by the root member of a dimension (0 for not stated). */
export type Sums = ReadonlyMap<Part, ReadonlyMap<number, number>>

/** What is to be counted; without a dimension, all under 0. */
export interface Wanted {
  dimension: Dimension | null
  parts: readonly Part[]
}

/** Counts one window exactly. A stock is counted at its end. */
export type Count = (window: Window, wanted: Wanted) => Sums

/** Counts what the cube holds, as it stands. */
export function countFromCube(cube: Cube, directory: Directory): Count {
  return (window, { dimension, parts }) => {
    const grouping = groupingBy(dimension, cube, directory)
    return new Map(parts.map((part) => [part, sumByRoot(cube, part, window, grouping)]))
  }
}

/** The place of each combination, and the root member of each place. Place 0 stays empty. */
interface ByRoot {
  places: Uint16Array
  roots: number[]
}

function groupingBy(dimension: Dimension | null, cube: Cube, directory: Directory): ByRoot {
  const { combinations } = cube
  const places = new Uint16Array(combinations.size).fill(1)
  if (dimension === null) return { places, roots: [-1, 0] }
  const at = dimensions.indexOf(dimension)
  const roots = [-1]
  const placeOf = new Map<number, number>()
  const members: number[] = []
  for (let combination = 0; combination < combinations.size; combination++) {
    combinations.readMembers(combination, members)
    const root = directory.rootOf(members[at]!)
    if (!placeOf.has(root)) placeOf.set(root, roots.push(root) - 1)
    places[combination] = placeOf.get(root)!
  }
  return { places, roots }
}

function sumByRoot(
  cube: Cube,
  { code, kind }: Part,
  { start, end }: Window,
  { places, roots }: ByRoot,
): Map<number, number> {
  const sums = new Map<number, number>()
  const size = roots.length
  const add = (place: number, n: number) =>
    sums.set(roots[place]!, (sums.get(roots[place]!) ?? 0) + n)
  const sum = (from: number, to: number, sign: number) => {
    if (from >= to) return
    const edges = [from, to]
    cube.sum(code, { edges, places, size }, (_, place, n) => add(place, sign * n))
  }
  if (kind === 'flow') sum(start, end, 1)
  else {
    cube.sumBalance(code, { places, size }, add)
    sum(end, cube.minute, -1)
  }
  return sums
}
