import { type RawBuilder, sql } from 'kysely'
import type { Ending, ToldAccountEvent } from '#shared/account-event.ts'
import type { AccountEventTable } from '../db/account-tables.ts'
import type { Db } from '../db/connect.ts'
import type { Whose } from './whose.ts'

type Noted = Pick<AccountEventTable, 'kind'> &
  Partial<Pick<AccountEventTable, 'sessionId' | 'way' | 'why' | 'route' | 'device'>>

/** Whose it is is found in the same statement: one that finds nobody does as much work. */
export async function insertAccountEvent(db: Db, whose: Whose, event: Noted): Promise<void> {
  const { kind, sessionId = null, way = null, why = null, route = null, device = null } = event
  await sql`
    insert into account_event (person_id, session_id, kind, way, why, route, device)
    values (${whose}, ${sessionId}, ${kind}, ${way}, ${why}, ${route}, ${device})
  `.execute(db)
}

/**
 * Deletes sessions and notes what ended them, in one statement; answers how many there were. One that still lacked
 * its second factor had never begun.
 */
export async function endNoted(db: Db, which: RawBuilder<unknown>, why: Ending): Promise<number> {
  const { rows } = await sql`
    with ended as (delete from session where ${which} returning id, person_id, way),
    noted as (
      insert into account_event (person_id, session_id, kind, way, why)
      select person_id, id, 'ended', way, ${why} from ended where way <> 'password'
    )
    select id from ended
  `.execute(db)
  return rows.length
}

interface Asked {
  personId: string
  /** Of this session alone. */
  sessionId?: string | undefined
  limit: number
}

/** The newest first. */
export async function accountEventsOf(
  db: Db,
  { personId, sessionId, limit }: Asked,
): Promise<ToldAccountEvent[]> {
  const { rows } = await sql<ToldAccountEvent>`
    select id, at, kind, way, why, route, coalesce(device, (
      select began.device from account_event began
      where began.session_id = account_event.session_id and began.kind = 'signed-in' limit 1
    )) as device
    from account_event
    where person_id = ${personId} and (${sessionId ?? null}::text is null or session_id = ${sessionId ?? null})
    order by id desc limit ${limit}
  `.execute(db)
  return rows
}

/** Of everybody and nobody, the newest first. */
export function allAccountEvents(
  db: Db,
  { before, limit }: { before: number | undefined; limit: number },
) {
  return db
    .selectFrom('accountEvent')
    .selectAll()
    .$if(before !== undefined, (query) => query.where('id', '<', before!))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}
