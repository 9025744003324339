import type { StatementEvent } from '#shared/polls/events.ts'
import type { Taken } from '../consultations/take-consultation.ts'
import { digestOf } from '../consultations/row.ts'
import type { Db } from '../db/connect.ts'
import { lockStatement, upsertStatement } from './poll-queries.ts'

interface Told {
  event: StatementEvent
  /** The members of the statement and of its poll. */
  id: number
  poll: number
}

/** Writes statements in one transaction, and answers what became of each. */
export function takeStatements(
  db: Db,
  sourceId: number,
  statements: readonly Told[],
): Promise<Taken[]> {
  return db.transaction().execute(async (trx) => {
    const taken = new Map<Told, Taken>()
    // In one order, so that two requests never wait for each other.
    for (const one of statements.toSorted((a, b) => a.id - b.id)) {
      taken.set(one, await takeStatement(trx, sourceId, one))
    }
    return statements.map((one) => taken.get(one)!)
  })
}

async function takeStatement(trx: Db, sourceId: number, { event, id, poll }: Told): Promise<Taken> {
  const digest = digestOf(event)
  const stored = await lockStatement(trx, id)
  if (stored && stored.sourceId !== sourceId) {
    return { path: 'id', error: 'belongs to another source' }
  }
  if (stored && event.version < stored.version) return 'stale'
  if (stored && event.version === stored.version) {
    return digest.equals(stored.digest) ? 'unchanged' : 'conflicting'
  }
  const { version, receivedAt, texts, isSeed, reason } = event
  await upsertStatement(trx, {
    ...{ id, poll, code: event.id, sourceId, version, digest, receivedAt, texts, isSeed, reason },
    isPublished: event.status === 'published',
  })
  return 'accepted'
}
