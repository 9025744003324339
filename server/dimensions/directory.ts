import type { Member } from '#shared/deployment.ts'
import { type Axis, NONE } from '#shared/view.ts'
import type { Db } from '../db/connect.ts'
import { allMembers, allSpellings, type MemberRow, type Spelling } from './queries.ts'
import { isNone, spellingIn } from './spelling.ts'

/** The members of all dimensions as they stand: facts name one by the id under which it was first seen. */
export interface Directory {
  /** The member that `id` was merged into, or `id` itself; 0 stays 0. */
  rootOf(id: number): number
  codeOf(id: number): string
  /** Those that were merged into a member, and itself: what tickets may name it by. */
  idsOf(root: number): number[]
  /** The member a code, a name's spelling or an alias means. */
  find(dimension: Axis, text: string): number | undefined
  /** Members that were not merged into another. */
  membersOf(dimension: Axis): Member[]
}

export async function loadDirectory(db: Db): Promise<Directory> {
  return directoryOf(await allMembers(db), await allSpellings(db))
}

export function directoryOf(rows: readonly MemberRow[], spellings: readonly Spelling[]): Directory {
  const members = new Map(rows.map((row) => [row.id, row]))
  const ids = new Map(
    spellings.map(({ dimension, spelling, id }) => [`${dimension} ${spelling}`, id]),
  )

  const roots: number[] = []
  for (const { id } of rows) roots[id] = findRoot(id)

  function findRoot(id: number): number {
    // Bounded, so that a circle of merges, which the rules refuse, would end.
    for (let steps = 0; steps < rows.length; steps++) {
      const into = members.get(id)?.mergedInto
      if (into == null) return id
      id = into
    }
    return id
  }

  // Asked for every combination of members whenever a view is opened.
  const rootOf = (id: number): number => roots[id] ?? id

  return {
    rootOf,
    codeOf: (id) => members.get(id)?.code ?? NONE,
    idsOf: (root) => [
      root,
      ...rows.map(({ id }) => id).filter((id) => id !== root && rootOf(id) === root),
    ],
    find(dimension, text) {
      const spelling = spellingIn(dimension, text)
      if (isNone(spelling)) return 0
      const id = ids.get(`${dimension} ${spelling}`)
      return id === undefined ? undefined : rootOf(id)
    },
    membersOf: (dimension) =>
      rows
        .filter((row) => row.dimension === dimension && row.mergedInto === null)
        .map(({ code, names }) => ({ code, names })),
  }
}
