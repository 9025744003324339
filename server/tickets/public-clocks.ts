import { isExcluded } from '#shared/ticket.ts'
import type { Clock, TicketDetail } from '#shared/tickets.ts'
import { iso, type SeenRow } from './public-ticket.ts'

/** Both promises of time, as they stand at `now` by the deployment's clock. */
export function clocksOf(row: SeenRow, now: number): TicketDetail['clocks'] {
  const isCounted = !isExcluded(row)
  const clock = (by: number | null, at: number | null) => clockOf({ by, at, now, isCounted })
  return {
    respond: clock(row.respondBy, row.respondedAt),
    close: clock(row.dueAt, row.status === 'closed' ? row.closedAt : null),
  }
}

interface Promised {
  by: number | null
  at: number | null
  now: number
  isCounted: boolean
}

/** Kept when it was done by then, that instant included, as the rates count it. */
function clockOf({ by, at, now, isCounted }: Promised): Clock {
  const told = { by: by === null ? null : iso(by), at: at === null ? null : iso(at) }
  if (by === null || !isCounted) return { ...told, verdict: 'none', seconds: null }
  const seconds = Math.trunc((by - (at ?? now)) / 1000)
  if ((at ?? now) > by) return { ...told, verdict: 'missed', seconds }
  return { ...told, verdict: at === null ? 'running' : 'kept', seconds }
}
