import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  // Of the comment as it was grouped. Where it was changed since, it is not known, and comes with that change.
  await sql`alter table worded add column version bigint`.execute(db)
  await sql`
    update worded set version = comment.version
    from grouped, comment join journal on journal.batch = comment.batch
    where comment.source_id = worded.source_id and comment.id = worded.id
      and journal.seq <= grouped.seq
  `.execute(db)
}
