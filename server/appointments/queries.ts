import { sql } from 'kysely'
import type { Role } from '#shared/oversight/act.ts'
import type { Appointment } from '#shared/oversight/appointment.ts'
import type { WithheldTexts } from '#shared/oversight/withholding.ts'
import type { Db } from '../db/connect.ts'

/** As `standing_at` in the database says it: by the local date, in the deployment's time zone. */
export type StandingAt = 'upcoming' | 'current' | 'ended' | 'suspended' | 'revoked'

export interface Held {
  id: number
  version: number
  state: Appointment
  standing: StandingAt
  /** What was written of it; signs where it was taken down. */
  texts: Record<'name' | 'title' | 'appointingBody' | 'instrument', string> & {
    reason: string | null
  }
  /** By the names of texts, when they were taken down and why; null: none was. */
  withheld: WithheldTexts | null
}

const held = sql`id, version, state, standing_at(appointment, clock_timestamp()) as standing,
  jsonb_build_object(
    'name', register_text(id, 'name'),
    'title', register_text(id, 'title'),
    'appointingBody', register_text(id, 'appointingBody'),
    'instrument', register_text((state ->> 'instrumentIn')::bigint, 'instrument'),
    'reason', register_text((state ->> 'reasonIn')::bigint, 'reason')) as texts,
  nullif(coalesce(withheld_in(id), '{}') - array(select 'name' where state ? 'nameIn') ||
    coalesce(withheld_in((state ->> 'nameIn')::bigint), '{}'), '{}') as withheld`

/** The newest first. */
export async function allAppointments(db: Db): Promise<Held[]> {
  const { rows } = await sql<Held>`select ${held} from appointment order by id desc`.execute(db)
  return rows
}

export async function appointmentsOf(db: Db, personId: string): Promise<Held[]> {
  const { rows } = await sql<Held>`
    select ${held} from appointment where person_id = ${personId} order by id desc
  `.execute(db)
  return rows
}

export async function observers(db: Db): Promise<Held[]> {
  const { rows } = await sql<Held>`
    select ${held} from appointment where role = 'observer'
    order by register_text(id, 'name'), id
  `.execute(db)
  return rows
}

export async function appointmentById(db: Db, id: number): Promise<Held | undefined> {
  const { rows } = await sql<Held>`
    select ${held} from appointment where id = ${id}::bigint
  `.execute(db)
  return rows[0]
}

/** True when one of a person's appointments in this role is current. */
export async function isCurrently(db: Db, personId: string, role: Role): Promise<boolean> {
  const { rows } = await sql`
    select from appointment
    where person_id = ${personId} and role = ${role}
      and standing_at(appointment, clock_timestamp()) = 'current'
    limit 1
  `.execute(db)
  return rows.length > 0
}

/** Today in the deployment's time zone. */
export async function localDate(db: Db): Promise<string> {
  const { rows } = await sql<{ today: string }>`
    select local_date(clock_timestamp()) as today
  `.execute(db)
  return rows[0]!.today
}

export async function hasSecretariat(db: Db): Promise<boolean> {
  const { rows } = await sql`
    select from appointment where role = 'secretariat' limit 1
  `.execute(db)
  return rows.length > 0
}

/** An act as the register tells it: which person did it and why is not the public's. */
export interface PublicAct {
  id: number
  at: number
  kind: string
  /** The appointment under which it was done; null: the system. */
  by: number | null
  /** The term it set, where it set one. */
  from: string | null
  until: string | null
  /** SHA-256 of its canonical text, in hexadecimal. */
  hash: string
}

/**
 * What was done to an appointment, and which links to an account its person was given, in order. These stand on
 * one page alone, that of the person's first appointment as an observer: else a pseudonym were known by them.
 */
export async function historyOf(db: Db, id: number): Promise<PublicAct[]> {
  const { rows } = await sql<PublicAct>`
    select id, at, kind, appointment_id as by, body ->> 'from' as from, body ->> 'until' as until,
      encode(hash, 'hex') as hash
    from act where subject = any (array[${`appointment:${id}`}] || array(
      select 'account:' || account.id from account where person_id = (
        select person_id from appointment where id = ${id}::bigint and id = (
          select min(id) from appointment as one
          where one.person_id = appointment.person_id and one.role = 'observer'))))
    order by id
  `.execute(db)
  return rows
}
