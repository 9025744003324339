import { sql } from 'kysely'
import type { Role } from '#shared/oversight/act.ts'
import type { Reply } from '#shared/oversight/reply.ts'
import type { WithheldTexts } from '#shared/oversight/withholding.ts'
import type { Db } from '../db/connect.ts'

/** The newest first, of those that stand to any of these provisions. */
export async function replyTo(
  db: Db,
  consultation: string,
  provisions: readonly number[],
): Promise<number | undefined> {
  const { rows } = await sql<{ id: number }>`
    select id from reply
    where consultation = ${consultation} and provision = any(${[...provisions]}::int[])
    order by (state ->> 'at')::bigint desc limit 1
  `.execute(db)
  return rows[0]?.id
}

export interface ReplyRow {
  id: number
  version: number
  state: Reply
  role: Role | null
  /** As everybody may read it. */
  text: string | null
  withheld: WithheldTexts
}

/** All that stand in a consultation, the newest first. */
export async function repliesIn(db: Db, consultation: string): Promise<ReplyRow[]> {
  const { rows } = await sql<ReplyRow>`
    select reply.id, reply.version, reply.state, act.role, public_text(act.id, 'text') as text,
      coalesce(withheld_in(act.id), '{}') as withheld
    from reply join act on act.id = (reply.state ->> 'textIn')::bigint
    where consultation = ${consultation}
    order by (reply.state ->> 'at')::bigint desc, reply.id desc limit 10000
  `.execute(db)
  return rows
}
