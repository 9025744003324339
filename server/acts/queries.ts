import { type RawBuilder, sql } from 'kysely'
import { contributionsVersion } from '#shared/measures/contributions.ts'
import type { Actor, Place, Role } from '#shared/oversight/act.ts'
import type { Db } from '../db/connect.ts'
import { pack } from '../journal/pack.ts'
import type { NounName } from './noun.ts'
import type { SaltedText, Sealed } from './seal.ts'

/** An act as it is told to who did it. */
export interface DoneAct {
  id: number
  at: number
  kind: string
  subject: string
  version: number
  seq: number
}

export interface Opened {
  /** Of the new act, by the database's clock. */
  actId: number
  at: number
  /** The subject's state as it is locked; version 0 and null: there is none. */
  version: number
  state: unknown
  /** The act that was done with the same key. */
  done: DoneAct | null
}

interface Opening {
  noun: NounName
  id: number | undefined
  person: string | null
  key: string | null
}

/**
 * Locks the subject, and all appointments of who acts: none is changed until the transaction ends, and a
 * change that is under way is waited for.
 */
export async function lockForAct(trx: Db, opening: Opening): Promise<Opened> {
  const { noun, id = null, person, key } = opening
  const { rows } = await sql<Omit<Opened, 'done'> & { done: StoredAct | null }>`
    with held as (
      select id from appointment where person_id = ${person}::text order by id for share
    ), subject as (
      select version, state from ${sql.table(noun)} where id = ${id}::bigint for update
    ), done as (
      select id, at, kind, subject, version, seq from act
      where person_id = ${person}::text and key = ${key}::uuid
    )
    select nextval('act_id') as act_id, clock_timestamp() as at,
      coalesce((select max(version) from subject), 0) as version,
      (select state from subject) as state,
      (select to_jsonb(done) from done) as done,
      (select count(*) from held) as held
  `.execute(trx)
  const { done, ...opened } = rows[0]!
  return { ...opened, done: done && { ...done, at: Date.parse(done.at) } }
}

type StoredAct = Omit<DoneAct, 'at'> & { at: string }

export async function stateOf(db: Db, noun: NounName, id: number): Promise<unknown> {
  const row = await db.selectFrom(noun).select('state').where('id', '=', id).executeTakeFirst()
  return row?.state
}

/** Why an appointment does not allow an act, in the order in which it is asked; null: it does. */
export type Refusal =
  'none' | 'role' | 'suspended' | 'revoked' | 'upcoming' | 'ended' | 'agency' | 'area' | 'category'

export interface Candidate {
  appointment: number
  role: Role
  refusal: Refusal | null
}

interface Trial extends Place {
  person: string
  kind: string
}

/** Of several appointments that do not allow an act, the reason of the one that is nearest to it is told. */
const NEAREST = '{agency,area,category,suspended,upcoming,ended,revoked,role,none}'

/** Each appointment of a person, the first one that allows the act before all others. */
export async function appointmentsFor(trx: Db, trial: Trial): Promise<Candidate[]> {
  const { person, kind, ...place } = trial
  const { rows } = await sql<Candidate>`
    select id as appointment, role, refusal
    from appointment, lateral act_refusal(id, ${person}::text, ${kind}::text, ${placed(place)},
      clock_timestamp()) as refusal
    where person_id = ${person}::text
    order by array_position(${NEAREST}::text::text[], refusal) nulls first, id
  `.execute(trx)
  return rows
}

const placed = ({ agency, area, category }: Place): RawBuilder<unknown> =>
  sql`${agency}::int, ${area}::int, ${category}::int`

/** Acts change no count. */
const NOTHING = pack(new Map())

interface Effect {
  noun: NounName
  id: number
  version: number
  state: unknown
  actId: number
  texts: readonly SaltedText[]
}

/**
 * Writes the state an act made, its texts, and the journal's row; answers its `seq`. Holds the journal's
 * counter until the transaction ends.
 */
export async function writeEffect(trx: Db, effect: Effect): Promise<number> {
  const { noun, id, version, state, actId, texts } = effect
  const { rows } = await sql<{ seq: number }>`
    with made as (
      insert into ${sql.table(noun)} (id, version, state)
      values (${id}::bigint, ${version}::int, ${state}::jsonb)
      on conflict (id) do update set version = excluded.version, state = excluded.state
    ), told as (
      insert into act_text (act_id, name, salt, text)
      select ${actId}::bigint, name, decode(salt, 'hex'), text
      from jsonb_to_recordset(${texts}::jsonb) as one (name text, salt text, text text)
    ), head as (
      update journal_head set seq = seq + 1 returning seq, newest_at, policy_version
    )
    insert into journal (seq, batch, at, kind, contributions, events, newest_at, policy_version, delta)
    select seq, nextval('batch'), clock_timestamp(), 'act', ${contributionsVersion}::int, 1, newest_at,
      policy_version, ${NOTHING}::bytea
    from head
    returning seq
  `.execute(trx)
  return rows[0]!.seq
}

export interface NewAct extends Sealed, Place {
  id: number
  at: number
  by: Actor | null
  kind: string
  subject: string
  version: number
  body: object
  seq: number
  key: string | null
}

/** From here to the end of the transaction only acts of this person may be written, and nothing read. */
export async function becomeActor(trx: Db, person: string): Promise<void> {
  await sql`
    select set_config('clerestory.person', ${person}, true), set_config('role', 'clerestory_actor', true)
  `.execute(trx)
}

export async function insertAct(trx: Db, { by, ...act }: NewAct): Promise<void> {
  const { person: personId, appointment: appointmentId, role } = by ?? nobody
  await trx
    .insertInto('act')
    .values({ ...act, personId, appointmentId, role })
    .execute()
}

const nobody = { person: null, appointment: null, role: null }
