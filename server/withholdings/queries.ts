import { sql } from 'kysely'
import type { Db } from '../db/connect.ts'

/** What no text of people is: accounts and members, which the rules read. */
const kept = ['person', 'place']

interface Written {
  subject: string
  /** Names of what people wrote, also of what was taken down; null where there is none. */
  texts: string[] | null
}

export async function writtenIn(db: Db, act: number): Promise<Written | undefined> {
  const { rows } = await sql<Written>`
    select subject, (
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
