import { type Kysely, sql } from 'kysely'
import { publicNouns } from '#shared/oversight/public-nouns.ts'

/** Tells the database, which writes the ledger's leaves, which nouns are public. */
export async function namePublicNouns(db: Kysely<any>): Promise<void> {
  await sql`
    insert into public_noun select unnest(${[...publicNouns]}::text[]) on conflict do nothing
  `.execute(db)
}
