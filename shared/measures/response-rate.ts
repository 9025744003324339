import { minuteOf } from '../time.ts'
import { rate } from './measure.ts'
import type { Part } from './part.ts'

const respondDuePart: Part = {
  code: 19,
  id: 'respondDue',
  kind: 'flow',
  contribute({ respondBy }, add) {
    if (respondBy !== null) add(respondDuePart, minuteOf(respondBy), 1, 0)
  },
}

const respondMetPart: Part = {
  code: 20,
  id: 'respondMet',
  kind: 'flow',
  contribute({ respondBy, respondedAt }, add) {
    if (respondBy === null || respondedAt === null || respondedAt > respondBy) return
    add(respondMetPart, minuteOf(respondBy), 1, 0)
  },
}

export const responseRate = rate(respondMetPart, respondDuePart, {
  id: 'responseRate',
  version: 1,
  clock: 'cohort',
  countedAt: 'respondBy',
  judge: 'agency',
  formula: 'answered by a person in time ÷ all whose time to answer ended in the window',
})
