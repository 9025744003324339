import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'

/** What no text of people is: accounts, members and comments, which the rules read. */
const kept = ['person', 'place', 'comment']

export interface Written {
  subject: string
  /** Names of what people wrote, also of what was taken down; null where there is none. */
  texts: string[] | null
  /** Hashes of what people brought; null where they brought nothing. */
  files: string[] | null
}

export async function writtenIn(db: Db, act: number): Promise<Written | undefined> {
  const { rows } = await sql<Written>`
    select subject, body -> 'attachments' as files, (
      select array_agg(name order by name) from act_text
      where act_id = act.id and name <> all (${kept}::text[])
    ) as texts
    from act where id = ${act}::bigint
  `.execute(db)
  return rows[0]
}

/** Removes texts with their salts; resolves to how many were still there. */
export async function removeTexts(
  db: Db,
  { act, texts }: { act: number; texts: readonly string[] },
): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('actText')
    .set({ text: null, salt: null })
    .where('actId', '=', act)
    .where('name', 'in', [...texts])
    .where('text', 'is not', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Removes what is in a file that is public; resolves to 1 where it was still there. */
export async function removeFile(db: Db, file: string): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('attachment')
    .set({ body: null })
    .where('hash', '=', Buffer.from(file, 'hex'))
    .where('publishedAt', 'is not', null)
    .where('body', 'is not', null)
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
