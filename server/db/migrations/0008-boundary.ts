import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  // Of the member that was named: a merge is followed on reading, as everywhere.
  await sql
    .raw(
      `create table boundary (
        member_id int   primary key references member,
        body      jsonb not null
      )`,
    )
    .execute(db)
}
