import { sql } from 'kysely'
import { type RecordPoint, toldNouns } from '#shared/records.ts'
import type { Role } from '#shared/oversight/act.ts'
import type { Db } from '../db/connect.ts'

export interface ToldAct extends RecordPoint {
  kind: string
  subject: string
  version: number
  at: number
  appointment: number | null
  role: Role | null
  /** As the appointee chose to be called; null where it was taken down. */
  name: string | null
  openedBy: number | null
  agency: number | null
  area: number | null
  category: number | null
  /** Null but of answers to drafts. */
  consultation: string | null
}

interface Between {
  after: number
  /** Included. */
  upTo: number
  limit: number
}

/** Where something was taken down, what it was of. */
const subject = sql`case when act.subject like 'withholding:%' then act.body ->> 'of' else act.subject end`
const isTold = sql`split_part(${subject}, ':', 1) = any (${[...toldNouns]}::text[])`
const mark = sql`left(encode(act.hash, 'hex'), 16)`

/**
 * In order. A subject's number is that of the act that opened it; each row is looked up, however many there are,
 * without `register_text`: a function call for each of them took three quarters of the time.
 */
export async function actsBetween(db: Db, { after, upTo, limit }: Between): Promise<ToldAct[]> {
  const { rows } = await sql<ToldAct>`
    select act.seq, ${mark} as mark, act.kind, ${subject} as subject, act.version, act.at, act.role,
      act.appointment_id as appointment, act.agency, act.area, act.category,
      (select coalesce(called.text, '•••') from act_text as called
        where called.act_id = act.appointment_id and called.name = 'name') as name,
      (select opening.appointment_id from act as opening
        where opening.id = split_part(${subject}, ':', 2)::bigint) as opened_by,
      case when ${subject} like 'reply:%' then (select opening.body ->> 'consultation' from act as opening
        where opening.id = split_part(${subject}, ':', 2)::bigint) end as consultation
    from act
    where act.seq > ${after}::bigint and act.seq <= ${upTo}::bigint and ${isTold}
    order by act.seq
    limit ${limit}::int
  `.execute(db)
  return rows
}

/** The newest told act up to there; before the first one is `{seq: 0, mark: ''}`. */
export async function lastPoint(db: Db, upTo: number): Promise<RecordPoint> {
  const { rows } = await sql<RecordPoint>`
    select act.seq, ${mark} as mark from act
    where act.seq <= ${upTo}::bigint and ${isTold}
    order by act.seq desc
    limit 1
  `.execute(db)
  return rows[0] ?? { seq: 0, mark: '' }
}

/** Of the told act with this seq; undefined: there is none. */
export async function markAt(db: Db, seq: number): Promise<string | undefined> {
  const { rows } = await sql<{ mark: string }>`
    select ${mark} as mark from act where act.seq = ${seq}::bigint and ${isTold}
  `.execute(db)
  return rows[0]?.mark
}
