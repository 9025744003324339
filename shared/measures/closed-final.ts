import { minuteOf } from '../time.ts'
import { count } from './measure.ts'
import type { Part } from './part.ts'

export const closedFinalPart: Part = {
  code: 7,
  id: 'closedFinal',
  kind: 'flow',
  contribute(ticket, add) {
    if (ticket.closedAt !== null) add(closedFinalPart, minuteOf(ticket.closedAt), 1, 0)
  },
}

export const closedFinal = count(closedFinalPart, {
  id: 'closedFinal',
  version: 1,
  clock: 'flow',
  countedAt: 'closedAt',
  judge: 'agency',
  formula: 'tickets that are closed now, counted at their last close',
})
