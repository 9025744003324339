import { minuteOf } from '../time.ts'
import { count } from './measure.ts'
import type { Part } from './part.ts'
import { eachSpell } from './spells.ts'

const refusedPart: Part = {
  code: 14,
  id: 'refused',
  kind: 'flow',
  contribute: (ticket, add) =>
    eachSpell(ticket, (start, end) => {
      if (end < start) add(refusedPart, minuteOf(end), 1, 0)
    }),
}

export const refused = count(refusedPart, {
  id: 'refused',
  version: 1,
  clock: 'flow',
  countedAt: 'closedAt',
  judge: 'clock',
  formula: 'closes dated before the ticket was received or reopened: kept, their duration refused',
})
