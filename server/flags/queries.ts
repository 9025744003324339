import { type RawBuilder, sql } from 'kysely'
import type { Role } from '#shared/oversight/act.ts'
import type { Flag } from '#shared/oversight/flag.ts'
import type { WithheldTexts } from '#shared/oversight/withholding.ts'
import type { Db } from '../db/connect.ts'

export interface StoredFlag {
  id: number
  version: number
  state: Flag
}

export function flagById(db: Db, id: number): Promise<StoredFlag | undefined> {
  return db
    .selectFrom('flag')
    .select(['id', 'version', 'state'])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** An act of a flag's life, with what of its texts is still there. */
export interface FlagAct {
  id: number
  at: number
  kind: string
  version: number
  seq: number
  body: Record<string, unknown>
  canonical: string
  /** Hexadecimal. */
  hash: string
  role: Role | null
  appointmentId: number | null
  /** As the appointee is called in public. */
  name: string | null
  title: string | null
  /** By name; nulls: taken down. Salts in hexadecimal, of what is told whole. */
  texts: Record<string, { text: string | null; salt: string | null }>
  /** Also of files, by their hashes. */
  withheld: WithheldTexts | null
}

/** The oldest first. */
export async function actsOf(db: Db, flagId: number): Promise<FlagAct[]> {
  const { rows } = await sql<FlagAct>`
    select act.id, act.at, act.kind, act.version, act.seq, act.body, act.canonical,
      encode(act.hash, 'hex') as hash, act.role, act.appointment_id,
      register_text(act.appointment_id, 'name') as name,
      register_text(act.appointment_id, 'title') as title,
      coalesce((select jsonb_object_agg(act_text.name, jsonb_build_object('text', told,
          'salt', case when told = act_text.text then encode(act_text.salt, 'hex') end))
        from act_text, without_contacts(act_text.text) as told
        where act_text.act_id = act.id), '{}') as texts,
      withheld_in(act.id) as withheld
    from act
    where act.subject = ${`flag:${flagId}`}
    order by act.version
  `.execute(db)
  return rows
}

export interface ListedFlag extends StoredFlag {
  /** Until when something is owed: the deadline it is sorted by. */
  dueBy: number
  /** What observers are called in public, by appointment. */
  names: Record<string, string>
  /** Of the flag, and of its newest answer; null: taken down. */
  texts: { text?: string | null; answer?: string | null; done?: string | null }
  /** The same, and its files, when they were taken down and why. */
  withheld: WithheldTexts
}

interface Listed {
  where: readonly RawBuilder<boolean>[]
  orderBy: RawBuilder<unknown>
  limit: number
}

const AND = sql` and `

export async function listFlags(db: Db, { where, orderBy, limit }: Listed): Promise<ListedFlag[]> {
  const condition = where.length === 0 ? sql`true` : sql.join(where, AND)
  const { rows } = await sql<ListedFlag>`
    with flag as (
      select * from flag where ${condition} order by ${orderBy} limit ${limit}::int
    )
    select id, version, state, due_by,
      coalesce((select jsonb_object_agg(appointment.id, register_text(appointment.id, 'name'))
        from appointment where appointment.id = any (array(
          select flag.author_appointment_id
          union select (joined ->> 'appointment')::bigint
            from jsonb_array_elements(flag.state -> 'coObservers') as joined))), '{}') as names,
      coalesce((select jsonb_object_agg(
          case when act_id = flag.id or act_text.name = 'done' then act_text.name else 'answer' end,
          without_contacts(act_text.text))
        from act_text
        where (act_id = flag.id and act_text.name = 'text')
          or (act_id = flag.answer_act_id and act_text.name in ('text', 'done'))), '{}') as texts,
      coalesce(withheld_in(flag.id), '{}') || coalesce((
        select jsonb_object_agg(case when key = 'text' then 'answer' else key end, value)
        from jsonb_each(withheld_in(flag.answer_act_id))), '{}') as withheld
    from flag order by ${orderBy}
  `.execute(db)
  return rows
}

export async function countFlags(db: Db, where: readonly RawBuilder<boolean>[]): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from flag where ${sql.join(where, AND)}
  `.execute(db)
  return rows[0]!.count
}

/** By the clock by which acts are dated. */
export async function clockOf(db: Db): Promise<number> {
  const { rows } = await sql<{ now: number }>`select clock_timestamp() as now`.execute(db)
  return rows[0]!.now
}
