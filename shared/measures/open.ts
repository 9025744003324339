import { minuteOf } from '../time.ts'
import { count } from './measure.ts'
import type { Add, Part } from './part.ts'
import { eachSpell } from './spells.ts'

/** Adds a stock's spell [start, end); one that is empty in whole minutes leaves no trace. */
export function addSpell(part: Part, start: number, end: number, add: Add): void {
  if (end < start) return
  const from = minuteOf(start)
  const to = end === Infinity ? Infinity : minuteOf(end)
  if (from === to) return
  add(part, from, 1, 0)
  if (to !== Infinity) add(part, to, -1, 0)
}

export const openPart: Part = {
  code: 5,
  id: 'open',
  kind: 'stock',
  contribute: (ticket, add) =>
    eachSpell(ticket, (start, end) => addSpell(openPart, start, end, add)),
}

export const open = count(openPart, {
  id: 'open',
  version: 1,
  clock: 'stock',
  countedAt: 'receivedAt, closedAt, reopenings',
  judge: 'agency',
  formula: 'tickets received or reopened before the instant and not closed since',
})
