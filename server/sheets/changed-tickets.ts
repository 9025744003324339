import { contribute } from '#shared/measures/contributions.ts'
import type { Ticket } from '#shared/ticket.ts'
import type { Sql } from '../db/connect.ts'
import { eachRevised, inSnapshot } from '../tickets/facts.ts'
import { isCounted } from './count.ts'

interface Stretch {
  /** Rows of the journal. */
  after: number
  upTo: number
  /** UTC minutes. */
  window: readonly [start: number, end: number]
}

/** How many tickets count otherwise on a day than they did at an earlier point of the journal. */
export async function changedTickets(
  { sql, signal }: { sql: Sql; signal: AbortSignal },
  { after, upTo, window }: Stretch,
): Promise<number> {
  let changed = 0
  let was: string | undefined
  const visit = (ticket: Ticket) => {
    const counts = countsOf(ticket, window)
    if (was === undefined) return void (was = counts)
    if (counts !== was) changed++
    was = undefined
  }
  const [, end] = window
  await inSnapshot(sql, (snapshot) => eachRevised(snapshot, { after, upTo, end }, visit), signal)
  return changed
}

/** What a ticket adds to the numbers of a sheet: flows within the day, stocks at its end. */
function countsOf(ticket: Ticket, [start, end]: Stretch['window']): string {
  const sums = new Map<number, number>()
  contribute(ticket, ({ code, kind }, minute, n) => {
    if (!isCounted(code) || minute >= end || (kind === 'flow' && minute < start)) return
    sums.set(code, (sums.get(code) ?? 0) + n)
  })
  const counts = [...sums].filter(([, n]) => n !== 0)
  return counts
    .map(([code, n]) => `${code} ${n}`)
    .sort()
    .join()
}
