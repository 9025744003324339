import { minuteOf } from '../time.ts'
import { count } from './measure.ts'
import type { Part } from './part.ts'
import { eachClose } from './spells.ts'

export const closedPart: Part = {
  code: 3,
  id: 'closed',
  kind: 'flow',
  contribute: (ticket, add) =>
    eachClose(ticket, (closedAt) => add(closedPart, minuteOf(closedAt), 1, 0)),
}

export const closed = count(closedPart, {
  id: 'closed',
  version: 1,
  clock: 'flow',
  countedAt: 'closedAt',
  judge: 'agency',
  formula: 'closes in the window, every close of a ticket that was reopened included',
})
