import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'
import { sourcesWith } from '../explorer/queries.ts'
import { HttpError } from '../http/errors.ts'
import type { MarkOf } from '../tickets/marks.ts'

export interface Correction {
  /** As `MARK/ID`. */
  ticket: string
  /** The hash of what the flag pointed at. */
  evidence: string
}

/**
 * Throws a 409 unless a source has told this ticket, or another version of it, since the evidence was shown: that
 * source data was corrected is said only where it was.
 */
export async function requireCorrected(
  db: Db,
  markOf: MarkOf,
  { ticket, evidence }: Correction,
): Promise<void> {
  const slash = ticket.indexOf('/')
  const [mark, id] = [ticket.slice(0, slash), ticket.slice(slash + 1)]
  const source = (await sourcesWith(db, id)).find((one) => markOf(one, id) === mark)
  if (source === undefined) {
    throw refused('No source has told this ticket. Copy the address of its page.')
  }
  if (await isToldSince(db, { source, id, evidence })) return
  throw refused(
    'Its source has told no other version since this was flagged. Correct it there first, then note it here.',
  )
}

const refused = (why: string) =>
  new HttpError(409, why, { code: 'flag.not-corrected', path: 'ticket' })

/** A policy that decides anew makes no version: only a source does. */
async function isToldSince(
  db: Db,
  { source, id, evidence }: { source: number; id: string; evidence: string },
): Promise<boolean> {
  const { rows } = await sql`
    select from ticket, lateral (
      select first_batch as batch
      union all
      select until_batch from ticket_history as kept
      where kept.source_id = ticket.source_id and kept.id = ticket.id
        and kept.fate = 'replaced' and kept.version < ticket.version
    ) as told
    join journal on journal.batch = told.batch
    where ticket.source_id = ${source}::int and ticket.id = ${id}::text and journal.seq > (
      select (body #>> '{at,0}')::bigint from evidence where hash = decode(${evidence}::text, 'hex'))
    limit 1
  `.execute(db)
  return rows.length > 0
}
