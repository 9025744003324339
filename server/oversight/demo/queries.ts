import { sql } from 'kysely'
import type { Db } from '../../db/connect.ts'
import type { TicketRow } from '../../tickets/row.ts'

interface Wanted {
  /** Members by id. */
  agency: number
  area: number | undefined
  /** Milliseconds. */
  before: number
  nth: number
}

/** An open ticket that was due before then, the one that was due first before the others. */
export function overdueTicket(
  db: Db,
  { agency, area, before, nth }: Wanted,
): Promise<{ sourceId: number; id: string } | undefined> {
  return db
    .selectFrom('ticket')
    .select(['sourceId', 'id'])
    .where('status', '=', 'open')
    .where('agency', '=', agency)
    .$if(area !== undefined, (query) => query.where('area', '=', area!))
    .where(sql<boolean>`due_at < to_timestamp(${before}::float8 / 1000)`)
    .orderBy('dueAt')
    .orderBy('id')
    .offset(nth)
    .limit(1)
    .executeTakeFirst()
}

/** A closed ticket, that whose first answer took longest before the others. */
export function slowestAnswered(
  db: Db,
  { agency, category }: { agency: number; category: number },
): Promise<TicketRow | undefined> {
  return db
    .selectFrom('ticket')
    .selectAll()
    .where('status', '=', 'closed')
    .where('respondedAt', 'is not', null)
    .where('agency', '=', agency)
    .where('category', '=', category)
    .orderBy(sql`responded_at - received_at`, 'desc')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
}

/** The number of the subject to which a person did something under this key. */
export async function subjectDone(
  db: Db,
  { person, key }: { person: string; key: string },
): Promise<number | undefined> {
  const row = await db
    .selectFrom('act')
    .select('subject')
    .where('personId', '=', person)
    .where('key', '=', key)
    .executeTakeFirst()
  return row && Number(row.subject.split(':')[1])
}
