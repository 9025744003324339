import { type RawBuilder, sql } from 'kysely'
import type { TicketGrouping } from '#shared/tickets.ts'
import type { Db } from '../db/connect.ts'
import { columnNames } from '../tickets/columns.ts'
import { seenColumns, type SeenRow } from '../tickets/public-ticket.ts'
import type { Canonical } from './canonical.ts'

export async function policyVersionAt(db: Db, seq: number): Promise<number | null> {
  const row = await db
    .selectFrom('journal')
    .select('policyVersion')
    .where('seq', '=', seq)
    .executeTakeFirst()
  return row?.policyVersion ?? null
}

/** A ticket as it was when the journal stood at `seq`; undefined when it had not come yet. */
export async function ticketAt(
  db: Db,
  { sourceId, id, seq }: { sourceId: number; id: string; seq: number },
): Promise<SeenRow | undefined> {
  const seen = sql.join(seenColumns.map((column) => sql.ref(column)))
  const isIt = sql`source_id = ${sourceId}::int and id = ${id}`
  const { rows } = await sql<SeenRow>`
    select ${sql.join(seenColumns.map((column) => sql.ref(`kept.${column}`)))}
    from (
      select ${seen}, batch from ticket where ${isIt}
      union all
      select ${seen}, batch from ticket_history where fate = 'replaced' and ${isIt}
    ) as kept
    join journal on journal.batch = kept.batch
    where journal.seq <= ${seq}::bigint
    order by journal.seq desc
    limit 1
  `.execute(db)
  return rows[0]
}

/** How many tickets met `where` when the journal stood at `seq`, by their member or status, or in all. */
export async function countAt(
  db: Db,
  by: TicketGrouping | undefined,
  { seq, where }: { seq: number; where: RawBuilder<boolean> },
): Promise<{ key: number | string; tickets: number }[]> {
  const later = sql`select batch from journal where seq > ${seq}::bigint`
  const { rows } = await sql<{ key: number | string; tickets: number }>`
    select ${by === undefined ? sql.lit('') : sql.ref(by)} as key, count(*) as tickets
    from (
      select ${columnNames} from ticket
      where not exists (${later} and journal.batch = ticket.batch)
      union all
      select ${columnNames} from ticket_history
      where fate = 'replaced' and until_batch in (${later})
        and not exists (${later} and journal.batch = ticket_history.batch)
    ) as ticket
    where ${where} group by 1
  `.execute(db)
  return rows
}

/** What is kept already is not kept twice. */
export async function insertEvidence(
  db: Db,
  { canonical, hash }: Canonical,
  picture: string | null,
): Promise<void> {
  await db
    .insertInto('evidence')
    .values({
      hash: Buffer.from(hash, 'hex'),
      body: sql`${canonical}::text::jsonb`,
      canonical,
      picture: picture === null ? null : Buffer.from(picture, 'hex'),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export function evidenceOf(
  db: Db,
  hash: string,
): Promise<{ body: unknown; at: number } | undefined> {
  return db
    .selectFrom('evidence')
    .select(['body', 'at'])
    .where('hash', '=', Buffer.from(hash, 'hex'))
    .executeTakeFirst()
}
