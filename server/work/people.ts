import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'

/** A person as the secretariat is told; instants are milliseconds. */
export interface Known {
  id: string
  name: string
  email: string
  language: string | null
  isDemo: boolean
  /** They have chosen how they sign in. */
  hasWayIn: boolean
  /** Until when an invitation that was not used yet counts. */
  invitedUntil: number | null
  /** Of a session that has not been swept away yet. */
  seenAt: number | null
}

/** By name. */
export async function knownPeople(db: Db): Promise<Known[]> {
  const { rows } = await sql<Known>`
    select id, name, email, language, demo is not null as is_demo,
      exists (select from passkey where person_id = person.id)
        or exists (select from credential where person_id = person.id) as has_way_in,
      (select max(expires_at) from invitation
        where person_id = person.id and used_at is null and expires_at > clock_timestamp())
        as invited_until,
      (select max(updated_at) from session where person_id = person.id) as seen_at
    from person order by name, id
  `.execute(db)
  return rows
}
