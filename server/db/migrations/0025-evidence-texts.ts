import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<never>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db)

  // What evidence only commits to: words of a comment, told as long as moderation has not withheld that comment.
  await run(`
    create table evidence_text (
      evidence   bytea not null,
      name       text  not null,
      salt       bytea not null,
      text       text  not null,
      source_id  int   not null,
      comment_id text  not null,
      primary key (evidence, name)
    )`)
  await run(`revoke update on evidence_text from public, current_user`)

  // Of which salts are made, so that one question is one evidence: without it a short text could be guessed.
  await run(`create table evidence_secret (secret bytea not null)`)
  await run(`
    insert into evidence_secret
    select decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex')`)
}
