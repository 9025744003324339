import { sql } from 'kysely'
import { contributionsVersion } from '#shared/measures/contributions.ts'
import { HOUR } from '#shared/time.ts'
import type { Db } from '../../server/db/connect.ts'
import { addTicket, type Delta } from '../../server/journal/delta.ts'
import { pack } from '../../server/journal/pack.ts'
import { columnNames } from '../../server/tickets/columns.ts'
import { appendToJournal, nextBatch, ring } from '../../server/journal/queries.ts'

/**
 * What a policy that holds for the past too does to some tickets: each row is replaced at the version
 * its source gave it.
 */
export async function decideAnew(db: Db): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const batch = await nextBatch(trx)
    const delta: Delta = new Map()
    const tickets = await trx
      .selectFrom('ticket')
      .selectAll()
      .orderBy('id')
      .limit(5)
      .forUpdate()
      .execute()
    for (const ticket of tickets) {
      const dueAt = ticket.dueAt === null ? ticket.receivedAt + 3 * HOUR : null
      await sql`
        insert into ticket_history (${columnNames}, batch, until_batch, fate)
        select ${columnNames}, batch, ${batch}::bigint, 'replaced'
        from ticket where source_id = ${ticket.sourceId} and id = ${ticket.id}
      `.execute(trx)
      await trx
        .updateTable('ticket')
        .set({ dueAt, batch })
        .where('sourceId', '=', ticket.sourceId)
        .where('id', '=', ticket.id)
        .execute()
      addTicket(delta, ticket, -1)
      addTicket(delta, { ...ticket, dueAt }, 1)
    }
    if (tickets.length === 0) return
    const entry = { batch, contributions: contributionsVersion, events: tickets.length }
    const rest = { kind: 'tickets' as const, newestAt: null, delta: pack(delta) }
    await appendToJournal(trx, { ...entry, ...rest })
  })
  await ring(db)
}
