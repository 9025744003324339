import { minuteOf } from '../time.ts'
import { count } from './measure.ts'
import type { Part } from './part.ts'

const respondedPart: Part = {
  code: 2,
  id: 'responded',
  kind: 'flow',
  contribute(ticket, add) {
    if (ticket.respondedAt !== null) add(respondedPart, minuteOf(ticket.respondedAt), 1, 0)
  },
}

export const responded = count(respondedPart, {
  id: 'responded',
  version: 1,
  clock: 'flow',
  countedAt: 'respondedAt',
  judge: 'agency',
  formula: 'tickets first answered by a person of the responsible unit in the window',
})
