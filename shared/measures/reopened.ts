import { minuteOf } from '../time.ts'
import { count } from './measure.ts'
import type { Part } from './part.ts'

const reopenedPart: Part = {
  code: 4,
  id: 'reopened',
  kind: 'flow',
  contribute(ticket, add) {
    for (const { at } of ticket.reopenings ?? []) add(reopenedPart, minuteOf(at), 1, 0)
  },
}

export const reopened = count(reopenedPart, {
  id: 'reopened',
  version: 1,
  clock: 'flow',
  countedAt: 'reopenings.at',
  judge: 'agency',
  formula: 'reopenings in the window',
})
