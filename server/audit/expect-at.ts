import type { ViewSpec } from '#shared/view.ts'
import type { Sql } from '../db/connect.ts'
import type { Terms } from '../live/terms.ts'
import { eachTicketAt, inSnapshot } from '../tickets/facts.ts'
import { type Expected, expectedOf } from './expect.ts'
import { emptyTally, recountInto, type Tally } from './recount.ts'
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
  const tallyOf = ({ spec, minute }: Asked): Tally => {
    const { window, period, filters = {} } = spec
    const name = JSON.stringify([window, period, filters, minute])
    const tally = tallies.get(name) ?? emptyTally(windowOf(spec, minute, terms.calendar), filters)
    tallies.set(name, tally)
    return tally
  }
  const mine = asked.map(tallyOf)
  const recount = recountInto([...tallies.values()], terms.directory)
  await inSnapshot(sql, (snapshot) => eachTicketAt(snapshot, seq, recount.take))
  recount.end()
  return asked.map(({ spec }, at) => expectedOf(spec, mine[at]!, terms))
}
