import type { TicketEvent } from '#shared/events.ts'
import { contributionsVersion } from '#shared/measures/contributions.ts'
import { defaultPolicy } from '#shared/policy.ts'
import { type Dimension, dimensions } from '#shared/ticket.ts'
import { randomFrom } from '../../server/demo/random.ts'
import { openRegistry, type Registry } from '../../server/dimensions/registry.ts'
import { addTicket, type Delta } from '../../server/journal/delta.ts'
import { pack } from '../../server/journal/pack.ts'
import { type Decide, decideBy } from '../../server/policies/decide.ts'
import { allPolicies, insertPolicy } from '../../server/policies/queries.ts'
import { rowOf, type TicketRow } from '../../server/tickets/row.ts'
import { cityEvent, type Span } from './city-event.ts'
import { copyInto } from './copy-into.ts'
import type { Stage } from './stage.ts'

/** Tickets of a batch, as intake writes them. */
const BATCH = 1000

/** Everything is open, so that every question may be asked. */
const policy = { ...defaultPolicy, timeZone: 'Asia/Taipei', opened: [...dimensions] }

/**
 * Stores a city as intake would have: tickets, members, and the journal row of each batch; but by COPY,
 * which takes seconds. Then vacuums, as PostgreSQL does by itself some minutes after such a load.
 */
export async function loadCity({ sql, db, sourceId }: Stage, city: Span): Promise<void> {
  await sql`truncate ticket, ticket_history`
  await sql`delete from journal`
  await insertPolicy(db, policy)
  const decide = decideBy(await allPolicies(db))
  const make = rowMaker({ sourceId, decide, registry: await openRegistry(db) }, city)
  const tickets = await copyInto(sql, 'ticket')
  const journal = await copyInto(sql, 'journal')
  const last = Math.ceil(city.tickets / BATCH)
  for (let batch = 1; batch <= last; batch++) {
    const rows: TicketRow[] = []
    for (let number = (batch - 1) * BATCH; rows.length < BATCH && number < city.tickets; number++) {
      rows.push(await make(number))
    }
    await tickets.take(rows.map((row) => ({ ...row, batch })))
    await journal.take([journalRow(rows, batch, city.now)])
  }
  await tickets.end()
  await journal.end()
  await sql`update journal_head set seq = ${last}, newest_at = (select max(newest_at) from journal)`
  await sql`select setval('batch', ${last})`
  await sql`vacuum (analyze) ticket, journal`
}

interface Resolving {
  sourceId: number
  decide: Decide
  registry: Registry
}

function rowMaker({ sourceId, decide, registry }: Resolving, span: Span) {
  const random = randomFrom(311)
  return async (number: number): Promise<TicketRow> => {
    const event = cityEvent(number, random, span)
    const members = await membersOf(event, registry)
    const decision = decide({
      receivedAt: event.receivedAt,
      statedDueAt: event.dueAt,
      surveySatisfaction: event.survey?.satisfaction ?? null,
      category: registry.spellingOf(members.category),
    })
    return rowOf(event, { sourceId, members, decision })
  }
}

async function membersOf(event: TicketEvent, registry: Registry) {
  const members = {} as Record<Dimension, number>
  for (const dimension of dimensions) {
    const code = event[dimension]
    const known = registry.idOf(dimension, code)
    members[dimension] = known ?? (await registry.register(dimension, code!))!
  }
  return members
}

function journalRow(rows: readonly TicketRow[], batch: number, at: number) {
  const delta: Delta = new Map()
  for (const row of rows) addTicket(delta, row, 1)
  return {
    seq: batch,
    batch,
    at,
    kind: 'tickets',
    contributions: contributionsVersion,
    events: rows.length,
    newestAt: at,
    delta: pack(delta),
  }
}
