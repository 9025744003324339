import { DAY, minuteOf } from '../time.ts'
import { median, oldest } from './ages.ts'
import type { Measure } from './measure.ts'
import { addSpell, openPart } from './open.ts'
import type { Part } from './part.ts'
import { eachSpell } from './spells.ts'

/** Open, and received more than so many days ago: age goes on through a reopening. */
function openLongerThan(days: number, code: number): Part {
  const part: Part = {
    code,
    id: `openOver${days}`,
    kind: 'stock',
    contribute: (ticket, add) =>
      eachSpell(ticket, (start, end) =>
        addSpell(part, Math.max(start, ticket.receivedAt + days * DAY), end, add),
      ),
  }
  return part
}

const over7 = openLongerThan(7, 16)
const over30 = openLongerThan(30, 17)
const over90 = openLongerThan(90, 18)

/** Open by its record as it stands, by the minute in which it was received. */
const openNow: Part = {
  code: 33,
  id: 'openNow',
  kind: 'now',
  contribute(ticket, add) {
    if (ticket.status === 'open') add(openNow, minuteOf(ticket.receivedAt), 1, 0)
  },
}

export const backlogAge: Measure = {
  id: 'backlogAge',
  version: 2,
  clock: 'stock',
  countedAt: 'receivedAt + 7, 30, 90 days',
  judge: 'agency',
  formula: 'tickets open at the instant by age since receipt: 0–7, 8–30, 31–90, more than 90 days',
  parts: [openPart, over7, over30, over90, openNow],
  fields: [
    { name: 'days0to7', unit: 'tickets' },
    { name: 'days8to30', unit: 'tickets' },
    { name: 'days31to90', unit: 'tickets' },
    { name: 'daysOver90', unit: 'tickets' },
    { name: 'medianAge', unit: 'seconds' },
    { name: 'oldestAge', unit: 'seconds' },
  ],
  compute(sums) {
    const [all, seven, thirty, ninety] = [openPart, over7, over30, over90].map((part) =>
      sums.sum(part),
    ) as [number, number, number, number]
    const ages = sums.ages(openNow)
    const bands = [all - seven, seven - thirty, thirty - ninety, ninety]
    return [...bands, median(ages), oldest(ages)]
  },
}
