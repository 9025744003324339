import { type Filters, isTimeBreakdown, type ViewSpec } from '#shared/view.ts'
import type { Sql } from '../db/connect.ts'
import type { Terms } from '../live/terms.ts'
import { eachTicketAt, inSnapshot } from '../tickets/facts.ts'
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

/** What the answers must be when the journal stood at `seq`: counted from the tickets as they were then. */
export async function expectedAt(
  sql: Sql,
  { seq, asked, terms }: { seq: number; asked: readonly Asked[]; terms: Terms },
): Promise<Expected[]> {
  const tallies = new Map<string, Tally>()
  const presents = new Map<string, Present>()
  /** What is so now is the same for every window that ends now. */
  const presentOf = (minute: number, filters: Filters): Present => {
    const name = JSON.stringify([filters, minute])
    const present = presents.get(name) ?? emptyPresent(minute)
    presents.set(name, present)
    return present
  }
  const tallyOf = ({ spec, minute }: Asked): Tally => {
    const { window, period, filters = {} } = spec
    const name = JSON.stringify([window, period, filters, minute])
    const known = tallies.get(name)
    if (known) return known
    const at = windowOf(spec, minute, terms.calendar)
    const tally = emptyTally(
      at,
      filters,
      at.end === minute ? presentOf(minute, filters) : undefined,
    )
    tallies.set(name, tally)
    return tally
  }
  const mine = asked.map(tallyOf)
  for (const [at, { spec }] of asked.entries()) wantOver(spec, mine[at]!)
  const recount = recountInto([...tallies.values()], terms)
  await inSnapshot(sql, (snapshot) => eachTicketAt(snapshot, { seq }, recount.take))
  recount.end()
  return asked.map(({ spec }, at) => expectedOf(spec, mine[at]!, terms))
}

/** A tally counts the steps of each member only where somebody asks. */
function wantOver({ by, over: step }: ViewSpec, { over }: Tally): void {
  if (step === undefined || by === undefined || isTimeBreakdown(by)) return
  if (!overOf({ over }, by, step)) over.push({ by, step, members: new Map() })
}
