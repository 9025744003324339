import type { Group } from './ranking.ts'

const ALL = 15
const FEW = 12

/**
 * What a ranking shows before it is asked for all: the first rows of every group, so that no end of it
 * is hidden, and those that the page is about, wherever they stand. Two or three more than that are shown at once.
 */
export function firstRows(
  groups: readonly Group[],
  isChosen: (code: string) => boolean = () => false,
): Group[] {
  if (rowCount(groups) <= ALL) return [...groups]
  const most = Math.ceil(FEW / groups.length)
  return groups.map((group) => ({
    ...group,
    rows: group.rows.filter(({ code }, place) => place < most || isChosen(code)),
  }))
}

export function rowCount(groups: readonly Group[]): number {
  return groups.reduce((sum, { rows }) => sum + rows.length, 0)
}
