import {
  type Filters,
  isDimension,
  isTimeBreakdown,
  timeBreakdowns,
  type ViewSpec,
} from '#shared/view.ts'
import type { Sql } from '../db/connect.ts'
import type { Terms } from '../live/terms.ts'
import { eachChangeBetween, eachTicketAt, inSnapshot } from '../tickets/facts.ts'
import { type Expected, expectedOf } from './expect.ts'
import {
  emptyPresent,
  emptyTally,
  overOf,
  type Present,
  recountInto,
  type Tally,
} from './recount.ts'
import { windowOf } from './window.ts'

/** A question, and where the clock stood when it was answered. */
export interface Asked {
  spec: ViewSpec
  minute: number
}

/** What was asked when the journal stood at `seq`. */
export interface Point {
  seq: number
  asked: readonly Asked[]
}

interface Walk {
  /** In the order of the journal. */
  points: readonly Point[]
  terms: Terms
  onTicket: () => void
  /** What the answers at the point in this place must be, in their order. */
  onPoint: (expected: readonly Expected[], place: number) => void
}

/**
 * Counts the tickets as they were at the first point, once, and goes on from point to point by what
 * changed between them: so that a city that is at work is audited in the time that a quiet one takes.
 */
export function expectAlong(sql: Sql, { points, terms, onTicket, onPoint }: Walk): Promise<void> {
  const known = tallyBook(terms)
  const asked = points.map((point) => ({ point, tallies: point.asked.map(known.tallyOf) }))
  const recount = recountInto([...known.tallies()], terms)
  let at = points[0]?.seq ?? 0
  return inSnapshot(sql, async (snapshot) => {
    await eachTicketAt(snapshot, { seq: at }, (ticket) => {
      recount.add(ticket)
      onTicket()
    })
    for (const [place, { point, tallies }] of asked.entries()) {
      const between = { after: at, upTo: point.seq }
      const changes = { ended: recount.take, begun: recount.add }
      if (point.seq > at) await eachChangeBetween(snapshot, between, changes)
      at = point.seq
      recount.settle()
      onPoint(
        point.asked.map(({ spec }, one) => expectedOf(spec, tallies[one]!, terms)),
        place,
      )
    }
  })
}

/** Questions of the same window and the same tickets are answered from one tally. */
function tallyBook(terms: Terms) {
  const tallies = new Map<string, Tally>()
  const presents = new Map<string, Present>()
  /** What is so now is the same for every window that ends now. */
  const presentOf = (minute: number, filters: Filters): Present => {
    const name = JSON.stringify([filters, minute])
    const present = presents.get(name) ?? emptyPresent(minute)
    presents.set(name, present)
    return present
  }
  const newTally = ({ spec, minute }: Asked): Tally => {
    const { filters = {} } = spec
    const at = windowOf(spec, minute, terms.calendar)
    return emptyTally(at, filters, at.end === minute ? presentOf(minute, filters) : undefined)
  }
  return {
    tallies: () => tallies.values(),
    tallyOf(asked: Asked): Tally {
      const { window, period, filters = {} } = asked.spec
      const name = JSON.stringify([window, period, filters, asked.minute])
      const tally = tallies.get(name) ?? newTally(asked)
      tallies.set(name, tally)
      wantSteps(asked.spec, tally)
      return tally
    },
  }
}

/** A tally counts steps, of all tickets or of each member, only where somebody asks. */
function wantSteps({ by, over: step }: ViewSpec, tally: Tally): void {
  if (by === undefined) return
  if (isTimeBreakdown(by)) {
    tally.step = timeBreakdowns.find((one) => one === by || one === tally.step)
    return
  }
  if (step === undefined || !isDimension(by) || overOf(tally, by, step)) return
  tally.over.push({ by, step, members: new Map() })
}
