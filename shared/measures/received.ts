import { minuteOf } from '../time.ts'
import { count } from './measure.ts'
import type { Part } from './part.ts'

const receivedPart: Part = {
  code: 1,
  id: 'received',
  kind: 'flow',
  contribute: (ticket, add) => add(receivedPart, minuteOf(ticket.receivedAt), 1, 0),
}

export const received = count(receivedPart, {
  id: 'received',
  version: 1,
  clock: 'flow',
  countedAt: 'receivedAt',
  judge: 'clock',
  formula: 'tickets received in the window',
})
