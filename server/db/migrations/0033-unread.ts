import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  // What each person has read of the records that concern them; the version tells other devices that it changed.
  await sql`
    create table unread (
      person_id text  primary key,
      version   int   not null,
      state     jsonb not null
    )
  `.execute(db)
}
