import type { TicketEvent } from '#shared/events.ts'
import type { Db } from '../db/connect.ts'
import { BATCH, type Intake } from '../intake/intake.ts'
import { memberCodes, openTickets } from './queries.ts'
import { unsaid } from './telling.ts'

/** How the ids of an earlier city's tickets look: three digits number them in their hour, now four do. */
const OLDER = '^[0-9]{8}-[0-9]{3}$'

/** Withdraws what an earlier city left open: nobody would ever close it. */
export async function withdrawOlder(db: Db, intake: Intake): Promise<void> {
  const left = await openTickets(db, OLDER)
  if (left.length === 0) return
  const codes = await memberCodes(db)
  const code = (id: number): string | null => codes.get(id) ?? null
  const bySource = Map.groupBy(left, ({ sourceId }) => sourceId)
  for (const [sourceId, tickets] of bySource) {
    const events = tickets.map((ticket): TicketEvent => ({
      ...unsaid,
      id: ticket.id,
      version: ticket.version + 1,
      receivedAt: ticket.receivedAt,
      agency: code(ticket.agency),
      area: code(ticket.area),
      category: code(ticket.category),
      channel: code(ticket.channel),
      language: code(ticket.language),
      status: 'withdrawn',
    }))
    for (let start = 0; start < events.length; start += BATCH) {
      await intake.submit(sourceId, events.slice(start, start + BATCH))
    }
  }
}
