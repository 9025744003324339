import { minuteOf } from '../time.ts'
import { count } from './measure.ts'
import type { Part } from './part.ts'

/** The only part an excluded ticket contributes to. */
export const excludedPart: Part = {
  code: 13,
  id: 'excluded',
  kind: 'flow',
  contribute: (ticket, add) => add(excludedPart, minuteOf(ticket.receivedAt), 1, 0),
}

export const excluded = count(excludedPart, {
  id: 'excluded',
  version: 1,
  clock: 'flow',
  countedAt: 'receivedAt',
  judge: 'agency',
  formula: 'duplicates + withdrawn + out of jurisdiction, received in the window',
})
