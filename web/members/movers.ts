import type { ViewState } from '#shared/view.ts'
import { moved, moveOf } from '../board/moved.ts'
import { cellReader } from '../board/read-view.ts'

/** What came in of a category or an area in the last 7 days, and in the 7 before. */
export interface Mover {
  code: string
  now: number
  before: number
  move: 'more' | 'fewer'
}

/** Those that have clearly moved, the furthest first. One that nothing came in for any more has moved too. */
export function clearMovers(
  now: ViewState,
  before: ViewState,
  { minN, most }: { minN: number; most: number },
): Mover[] {
  const [is, was] = [receivedIn(now), receivedIn(before)]
  return [...new Set([...is.keys(), ...was.keys()])]
    .flatMap((code) => moverOf(code, is.get(code) ?? 0, was.get(code) ?? 0, minN))
    .sort((a, b) => distance(b) - distance(a))
    .slice(0, most)
}

function moverOf(code: string, now: number, before: number, minN: number): Mover[] {
  const move = moveOf(now, before, minN)
  return move === 'more' || move === 'fewer' ? [{ code, now, before, move }] : []
}

const distance = ({ now, before }: Mover): number => Math.abs(moved(now, before))

function receivedIn(view: ViewState): Map<string, number> {
  const read = cellReader(view)
  return new Map(view.rows.map((row) => [row[0] ?? '', read(row, 'received') ?? 0]))
}
