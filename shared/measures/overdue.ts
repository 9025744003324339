import { count } from './measure.ts'
import { addSpell } from './open.ts'
import type { Part } from './part.ts'
import { eachSpell } from './spells.ts'

const overduePart: Part = {
  code: 6,
  id: 'overdue',
  kind: 'stock',
  contribute(ticket, add) {
    const { dueAt } = ticket
    if (dueAt === null) return
    eachSpell(ticket, (start, end) => addSpell(overduePart, Math.max(start, dueAt), end, add))
  },
}

export const overdue = count(overduePart, {
  id: 'overdue',
  version: 1,
  clock: 'stock',
  countedAt: 'dueAt',
  judge: 'agency',
  formula: 'tickets open at the instant whose due date has passed',
})
