import { DAY } from '../time.ts'
import { count } from './measure.ts'
import { addSpell } from './open.ts'
import type { Part } from './part.ts'
import { eachSpell } from './spells.ts'

const dueSoonPart: Part = {
  code: 15,
  id: 'dueSoon',
  kind: 'stock',
  contribute(ticket, add) {
    const { dueAt } = ticket
    if (dueAt === null) return
    eachSpell(ticket, (start, end) =>
      addSpell(dueSoonPart, Math.max(start, dueAt - DAY), Math.min(end, dueAt), add),
    )
  },
}

export const dueSoon = count(dueSoonPart, {
  id: 'dueSoon',
  version: 1,
  clock: 'stock',
  countedAt: 'dueAt',
  judge: 'agency',
  formula: 'tickets open at the instant that fall due within 24 hours',
})
