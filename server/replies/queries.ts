import { sql } from 'kysely'
import type { Writers } from '#shared/consultations/concentration.ts'
import type { Role } from '#shared/oversight/act.ts'
import type { About, Reply } from '#shared/oversight/reply.ts'
import type { WithheldTexts } from '#shared/oversight/withholding.ts'
import type { Db } from '../db/connect.ts'

export interface Standing {
  id: number
  /** As it was when it was first answered: it may have become one with others since. */
  about: About
}

/** The newest of those that stand to any of these provisions, or to any part of one of these groups. */
export async function replyTo(
  db: Db,
  consultation: string,
  { provisions = [], groups = [] }: { provisions?: readonly number[]; groups?: readonly number[] },
): Promise<Standing | undefined> {
  const { rows } = await sql<Standing>`
    select id, state -> 'about' as about from reply
    where consultation = ${consultation} and (
      provision = any(${[...provisions]}::int[]) or comment_group in (
        select id from comment_group
        where id = any(${[...groups]}::bigint[]) or merged_into = any(${[...groups]}::bigint[])))
    order by (state ->> 'at')::bigint desc, id desc limit 1
  `.execute(db)
  return rows[0]
}

export interface ReplyRow {
  id: number
  version: number
  state: Reply
  role: Role | null
  /** What the group that was answered goes on as; null: a provision was answered. */
  groupNow: number | null
  /** As everybody may read it. */
  text: string | null
  withheld: WithheldTexts
}

/** How many published how many comments in a consultation: persons, organisations and who wrote on paper. */
export async function writersIn(db: Db, consultation: number): Promise<Writers[]> {
  const { rows } = await sql<Writers>`
    select comments, count(*)::int as people from participation
    where consultation = ${consultation} and provision = 0 and comments > 0 group by comments
  `.execute(db)
  return rows
}

/** All that stand in a consultation, the newest first. */
export async function repliesIn(db: Db, consultation: string): Promise<ReplyRow[]> {
  const { rows } = await sql<ReplyRow>`
    select reply.id, reply.version, reply.state, act.role, public_text(act.id, 'text') as text,
      coalesce(withheld_in(act.id), '{}') as withheld,
      coalesce(comment_group.merged_into, reply.comment_group) as group_now
    from reply join act on act.id = (reply.state ->> 'textIn')::bigint
    left join comment_group on comment_group.id = reply.comment_group
    where reply.consultation = ${consultation}
    order by (reply.state ->> 'at')::bigint desc, reply.id desc limit 10000
  `.execute(db)
  return rows
}
