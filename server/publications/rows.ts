import { type Dimension } from '#shared/ticket.ts'
import { NONE } from '#shared/view.ts'
import type { Directory } from '../dimensions/directory.ts'
import type { Sums } from './count.ts'
import { OTHER } from './knowledge.ts'
import type { Part } from '#shared/measures/part.ts'

/** The key of the only row where nothing is broken down. */
const WHOLE = ''

/** The code of the member that a row's member was merged into since, or its own. */
export function rootKeys(directory: Directory, dimension: Dimension | null) {
  return (key: string): string => {
    if (dimension === null || key === NONE || key === OTHER) return key
    const id = directory.find(dimension, key)
    return id === undefined ? key : directory.codeOf(id)
  }
}

/** All members there are now, also those of whom nothing is counted: to be left out would tell that. */
export function keysNow(directory: Directory, dimension: Dimension | null): string[] {
  if (dimension === null) return [WHOLE]
  return sorted([...directory.membersOf(dimension).map(({ code }) => code), NONE, OTHER])
}

/** The rows of the publication before, after merges. Whoever is new since then is among the others. */
export function keysAsBefore(
  keys: readonly string[],
  directory: Directory,
  dimension: Dimension | null,
): string[] {
  return sorted([...new Set(keys.map(rootKeys(directory, dimension)))])
}

const sorted = (keys: string[]): string[] => keys.sort((a, b) => (a < b ? -1 : 1))

/** Exact counts by row, then part. */
export function countsByRow(
  sums: Sums,
  {
    keys,
    parts,
    dimension,
  }: { keys: readonly string[]; parts: readonly Part[]; dimension: Dimension | null },
  directory: Directory,
): number[][] {
  const places = new Map(keys.map((key, at) => [key, at]))
  const rows = keys.map(() => parts.map(() => 0))
  parts.forEach((part, column) => {
    for (const [root, n] of sums.get(part)!) {
      const key = dimension === null ? WHOLE : directory.codeOf(root)
      rows[places.get(key) ?? places.get(OTHER)!]![column]! += n
    }
  })
  return rows
}
