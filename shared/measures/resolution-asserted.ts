import type { Ticket } from '../ticket.ts'
import { minuteOf } from '../time.ts'
import { closedPart } from './closed.ts'
import { rate } from './measure.ts'
import type { Part } from './part.ts'
import { eachClose } from './spells.ts'

/** The close reason by which an agency says that the matter is resolved. */
const RESOLVED = 'resolved'

export const isAsserted = (closeReason: Ticket['closeReason']): boolean => closeReason === RESOLVED

const closedResolvedPart: Part = {
  code: 22,
  id: 'closedResolved',
  kind: 'flow',
  contribute: (ticket, add) =>
    eachClose(ticket, (at, reason) => {
      if (isAsserted(reason)) add(closedResolvedPart, minuteOf(at), 1, 0)
    }),
}

export const resolutionAsserted = rate(closedResolvedPart, closedPart, {
  id: 'resolutionAsserted',
  version: 1,
  clock: 'flow',
  countedAt: 'closedAt',
  judge: 'agency',
  formula: 'closes with the reason resolved ÷ closes in the window, every close counted',
})
