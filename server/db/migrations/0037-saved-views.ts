import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  // An id is made by the page that saves: two accounts may have the same one, and neither hears of the other.
  await sql`
    create table saved_view (
      person_id text        not null references person on delete cascade,
      id        uuid        not null,
      name      text        not null,
      href      text        not null,
      saved_at  timestamptz not null,
      primary key (person_id, id)
    )
  `.execute(db)
}
