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
  /** The subject's state as it stands; version 0 and null: there is none. */
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

/** Where an act begins. Locks nothing: `writeAct` finds out whether it still holds. */
export async function openAct(db: Db, { noun, id, person, key }: Opening): Promise<Opened> {
  const { rows } = await sql<Omit<Opened, 'done'> & { done: StoredAct | null }>`
    select nextval('act_id') as act_id, clock_timestamp() as at, coalesce(version, 0) as version, state,
      (select to_jsonb(done) from (
        select id, at, kind, subject, version, seq from act
        where person_id = ${person}::text and key = ${key}::uuid
      ) as done) as done
    from (select) as one
    left join ${sql.table(noun)} as subject on subject.id = ${id ?? null}::bigint
  `.execute(db)
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

export interface Trial extends Place {
  person: string
  kind: string
}

/** Of several appointments that do not allow an act, the reason of the one that is nearest to it is told. */
const NEAREST = '{agency,area,category,suspended,upcoming,ended,revoked,role,none}'

/** Each appointment of a person, the first one that allows the act before all others. */
export async function appointmentsFor(db: Db, trial: Trial): Promise<Candidate[]> {
  const { person, kind, ...place } = trial
  const { rows } = await sql<Candidate>`
    select id as appointment, role, refusal
    from appointment, lateral act_refusal(id, ${person}::text, ${kind}::text, ${placed(place)},
      clock_timestamp()) as refusal
    where person_id = ${person}::text
    order by array_position(${NEAREST}::text::text[], refusal) nulls first, id
  `.execute(db)
  return rows
}

const placed = ({ agency, area, category }: Place): RawBuilder<unknown> =>
  sql`${agency}::int, ${area}::int, ${category}::int`

/** Of the first text that the public is not told whole; undefined: it is told them all. */
export async function placeOfContacts(
  db: Db,
  texts: readonly string[],
): Promise<number | undefined> {
  const { rows } = await sql<{ place: number }>`
    select (place - 1)::int as place from unnest(${[...texts]}::text[]) with ordinality as told (text, place)
    where without_contacts(text) <> text order by place limit 1
  `.execute(db)
  return rows[0]?.place
}

/** Acts change no count. */
const NOTHING = pack(new Map())

export interface NewAct extends Sealed, Place {
  id: number
  at: number
  by: Actor | null
  kind: string
  subject: string
  version: number
  body: object
  key: string | null
}

interface Written {
  act: NewAct
  noun: NounName
  id: number
  state: unknown
  texts: readonly SaltedText[]
}

/**
 * Writes an act with all its effect; answers its `seq` in the journal, or null when the subject has moved
 * on. Throws what the database refuses: an appointment that does not allow it, a key that was used.
 */
export async function writeAct(
  db: Db,
  { act, noun, id, state, texts }: Written,
): Promise<number | null> {
  const { at, by, hash, ...rest } = act
  const told = {
    ...rest,
    at: new Date(at).toISOString(),
    hash: `\\x${hash.toString('hex')}`,
    person_id: by?.person ?? null,
    appointment_id: by?.appointment ?? null,
    role: by?.role ?? null,
  }
  const { rows } = await sql<{ seq: number | null }>`
    select write_act(${noun}::text, ${id}::bigint, ${state}::jsonb, ${texts}::jsonb, ${told}::jsonb,
      ${contributionsVersion}::int, ${NOTHING}::bytea) as seq
  `.execute(db)
  return rows[0]!.seq
}
