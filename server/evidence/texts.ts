import { createHash, createHmac } from 'node:crypto'
import { sql } from 'kysely'
import type { EvidenceTexts } from '#shared/oversight/evidence.ts'
import type { Db } from '../db/connect.ts'

/** Words that evidence only commits to, with the comment that says them. */
export interface SaltedText {
  name: string
  /** In hexadecimal, as the commitment. */
  salt: string
  text: string
  commitment: string
  sourceId: number
  commentId: string
}

interface Said {
  name: string
  text: string
  /** What the evidence is of. */
  of: string
  sourceId: number
  commentId: string
}

/** The same text of the same thing always has the same salt, which nobody can guess: one question is one evidence. */
export async function saltedText(
  db: Db,
  { name, text, of, sourceId, commentId }: Said,
): Promise<SaltedText> {
  const secret = await evidenceSecret(db)
  const made = createHmac('sha256', secret)
    .update(JSON.stringify([of, name, text]))
    .digest('hex')
  const salt = made.slice(0, 32)
  const commitment = createHash('sha256').update(salt, 'hex').update(text, 'utf8').digest('hex')
  return { name, text, salt, commitment, sourceId, commentId }
}

async function evidenceSecret(db: Db): Promise<Uint8Array> {
  const { secret } = await db
    .selectFrom('evidenceSecret')
    .select('secret')
    .executeTakeFirstOrThrow()
  return secret
}

/** Kept already, they are not kept twice. */
export async function insertTexts(
  db: Db,
  hash: string,
  texts: readonly SaltedText[],
): Promise<void> {
  if (texts.length === 0) return
  await db
    .insertInto('evidenceText')
    .values(
      texts.map(({ name, salt, text, sourceId, commentId }) => ({
        evidence: Buffer.from(hash, 'hex'),
        salt: Buffer.from(salt, 'hex'),
        ...{ name, text, sourceId, commentId },
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What of them is to be read: nothing of a comment that moderation withholds now. */
export async function textsOf(db: Db, hash: string): Promise<EvidenceTexts> {
  const { rows } = await sql<{ name: string; text: string | null }>`
    select name, case when comment.is_published then evidence_text.text end as text
    from evidence_text left join comment
      on comment.source_id = evidence_text.source_id and comment.id = evidence_text.comment_id
    where evidence = decode(${hash}, 'hex')
  `.execute(db)
  return Object.fromEntries(rows.map(({ name, text }) => [name, text]))
}
