import type { Selectable } from 'kysely'
import type { TicketEvent } from '#shared/events.ts'
import type { Db } from '../db/connect.ts'
import type { Database } from '../db/schema.ts'
import { BATCH, type Intake } from '../intake/intake.ts'
import { allSources } from '../sources/queries.ts'
import { memberCodes, ticketsToWithdraw } from './queries.ts'
import { formerSources } from './sources.ts'
import { unsaid } from './telling.ts'

/** How the ids of an earlier city's tickets look: three digits number them in their hour, now four do. */
const OLDER = '^[0-9]{8}-[0-9]{3}$'

type Row = Selectable<Database['ticket']>

/** Withdraws what an earlier city told: it would count beside this one, and nobody would ever close it. */
export async function withdrawOlder(db: Db, intake: Intake): Promise<void> {
  const sources = await allSources(db)
  if (!sources.some(({ name }) => formerSources.includes(name))) return
  const codes = await memberCodes(db)
  for (;;) {
    const page = await ticketsToWithdraw(db, { ids: OLDER, limit: 8 * BATCH })
    if (page.length === 0) return
    await withdraw(page, codes, intake)
  }
}

async function withdraw(page: Row[], codes: ReadonlyMap<number, string>, intake: Intake) {
  for (const [sourceId, rows] of Map.groupBy(page, (row) => row.sourceId)) {
    const events = rows.map((row) => withdrawn(row, codes))
    for (let start = 0; start < events.length; start += BATCH) {
      await intake.submit(sourceId, events.slice(start, start + BATCH))
    }
  }
}

function withdrawn(row: Row, codes: ReadonlyMap<number, string>): TicketEvent {
  const code = (id: number): string | null => codes.get(id) ?? null
  return {
    ...unsaid,
    id: row.id,
    version: row.version + 1,
    receivedAt: row.receivedAt,
    agency: code(row.agency),
    area: code(row.area),
    category: code(row.category),
    channel: code(row.channel),
    language: code(row.language),
    status: 'withdrawn',
  }
}
