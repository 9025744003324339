import type { ViewState } from '#shared/view.ts'
import { type GroupName, rank, type Ranked } from '../board/ranking.ts'

/** So many rows can be read from across a room. */
const MOST = 4

/** A group that lies clearly above or below: the rows that are shown, and how many there are. */
export interface ClearGroup {
  name: 'above' | 'below'
  rows: Ranked[]
  all: number
}

export interface ClearRanks {
  groups: ClearGroup[]
  /** In an order that says nothing: by code. */
  unclear: Ranked[]
}

/** The best of those clearly above and the last of those clearly below; all others have no place. */
export function clearRanks(view: ViewState, minN: number): ClearRanks {
  const groups = rank(view, 'onTimeRate', minN)
  const rowsOf = (name: GroupName) => groups.find((group) => group.name === name)?.rows ?? []
  const [above, below] = [rowsOf('above'), rowsOf('below')]
  const room = (other: Ranked[]) => Math.max(MOST / 2, MOST - other.length)
  const clear: ClearGroup[] = [
    { name: 'above', rows: above.slice(0, room(below)), all: above.length },
    { name: 'below', rows: below.slice(-room(above)), all: below.length },
  ]
  return {
    groups: clear.filter(({ rows }) => rows.length > 0),
    unclear: rowsOf('unclear').sort((a, b) => (a.code < b.code ? -1 : 1)),
  }
}
