import { type RawBuilder, sql } from 'kysely'
import type { Template } from '#shared/oversight/template.ts'
import type { WithheldTexts } from '#shared/oversight/withholding.ts'
import type { Db } from '../db/connect.ts'

export interface HeldTemplate {
  id: number
  version: number
  state: Template
  /** Null: taken down. */
  texts: { name: string | null; text: string | null; done?: string | null }
  /** When that was, and why. */
  withheld: WithheldTexts | null
}

/** Those that were not retired, by name. */
export async function templatesWhere(db: Db, where: RawBuilder<boolean>): Promise<HeldTemplate[]> {
  const { rows } = await sql<HeldTemplate>`
    select id, version, state, texts, withheld_in(texts_in) as withheld
    from template, lateral (
      select coalesce(jsonb_object_agg(name, text), '{}') as texts
      from act_text where act_id = texts_in
    ) as told
    where not is_retired and ${where}
    order by texts ->> 'name', id
  `.execute(db)
  return rows
}

export function templateById(db: Db, id: number): Promise<{ state: Template } | undefined> {
  return db.selectFrom('template').select('state').where('id', '=', id).executeTakeFirst()
}
