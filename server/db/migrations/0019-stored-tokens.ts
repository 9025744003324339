import { type Kysely, sql } from 'kysely'

/** Sessions go on: their tokens are the same, and are stored as their hashes. */
export async function up(db: Kysely<never>): Promise<void> {
  await sql`
    update session set token = encode(sha256(convert_to(token, 'UTF8')), 'hex')
  `.execute(db)
}
