import { sql } from 'kysely'
import type { Unread } from '#shared/unread.ts'
import type { Db } from '../db/connect.ts'

/** What a person was told at last; 0: nothing. */
export interface KnownUnread {
  personId: string
  version: number
}

export interface KeptUnread extends KnownUnread {
  state: Unread
}

/** Makes sure that there is one, and holds it until the transaction ends. */
export async function lockUnread(
  trx: Db,
  { personId, state }: { personId: string; state: Unread },
): Promise<Unread> {
  const { rows } = await sql<{ state: Unread }>`
    insert into unread (person_id, version, state)
    values (${personId}, 1, ${JSON.stringify(state)}::text::jsonb)
    on conflict (person_id) do update set version = unread.version
    returning state
  `.execute(trx)
  return rows[0]!.state
}

export async function updateUnread(
  trx: Db,
  { personId, state }: { personId: string; state: Unread },
): Promise<void> {
  await sql`
    update unread set version = version + 1, state = ${JSON.stringify(state)}::text::jsonb
    where person_id = ${personId}
  `.execute(trx)
}

/** One question for all of them: of whom there is more than was told. */
export async function unreadAfter(db: Db, known: readonly KnownUnread[]): Promise<KeptUnread[]> {
  const ids = known.map(({ personId }) => personId)
  const versions = known.map(({ version }) => version)
  const { rows } = await sql<KeptUnread>`
    select unread.person_id, unread.version, unread.state
    from unread
    join unnest(${ids}::text[], ${versions}::int[]) as known (person_id, version) using (person_id)
    where unread.version > known.version
  `.execute(db)
  return rows
}
