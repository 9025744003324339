import type { Ticket } from '../ticket.ts'
import { minuteOf } from '../time.ts'
import { closedPart } from './closed.ts'
import { rate } from './measure.ts'
import type { Part } from './part.ts'

/** The close reason by which an agency says that the matter is resolved. */
const RESOLVED = 'resolved'

export const isAsserted = (closeReason: Ticket['closeReason']): boolean => closeReason === RESOLVED

const closedResolvedPart: Part = {
  code: 22,
  id: 'closedResolved',
  kind: 'flow',
  contribute({ closedAt, closeReason, reopenings }, add) {
    for (const earlier of reopenings ?? []) {
      if (isAsserted(earlier.closeReason)) add(closedResolvedPart, minuteOf(earlier.closedAt), 1, 0)
    }
    if (closedAt !== null && isAsserted(closeReason)) {
      add(closedResolvedPart, minuteOf(closedAt), 1, 0)
    }
  },
}

export const resolutionAsserted = rate(closedResolvedPart, closedPart, {
  id: 'resolutionAsserted',
  version: 1,
  clock: 'flow',
  countedAt: 'closedAt',
  judge: 'agency',
  formula: 'closes with the reason resolved ÷ closes in the window, every close counted',
})
