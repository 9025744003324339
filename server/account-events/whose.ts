import { type RawBuilder, sql } from 'kysely'

/** An account's id as SQL finds it; null: nobody's. */
export type Whose = RawBuilder<string | null>

export const whose = {
  /** What was written as a name is asked for, and kept nowhere: a mistyped one may be a password. */
  address: (email: string): Whose => sql`(select id from person where email = lower(${email}))`,
  passkey: (credentialId: string): Whose =>
    sql`(select person_id from passkey where credential_id = ${credentialId})`,
  /** Also of one that was used, or is too old. */
  link: (tokenHash: Uint8Array): Whose =>
    sql`(select person_id from invitation where token_hash = ${tokenHash})`,
  person: (id: string): Whose => sql`${id}::text`,
  nobody: (): Whose => sql`null`,
}
