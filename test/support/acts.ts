import { randomUUID } from 'node:crypto'
import type { Role } from '#shared/oversight/act.ts'
import type { Appointment, AppointmentDeed } from '#shared/oversight/appointment.ts'
import { type Asked, perform } from '../../server/acts/perform.ts'
import { appointFirst } from '../../server/appointments/appoint-first.ts'
import { appointmentNoun } from '../../server/appointments/noun.ts'
import type { Db } from '../../server/db/connect.ts'
import { freshDatabase } from './database.ts'

type Made = Partial<Appointment> & { role?: Role; name?: string }

/** A deed that appoints `person`, everywhere and for long unless told otherwise. */
export function madeFor(person: string, rest: Made = {}): AppointmentDeed {
  const { from = '2020-01-01', until = '2099-12-31', role = 'observer' } = rest
  const { jurisdiction = { agencies: null, areas: null, categories: null } } = rest
  return {
    kind: 'appointment.made',
    body: { role, from, until, jurisdiction, languages: ['en'], isPseudonym: false },
    texts: {
      person,
      name: rest.name ?? person,
      title: 'Observer',
      appointingBody: 'City Council',
      instrument: 'CC-1',
    },
  }
}

export const decision = (
  kind: 'appointment.suspended' | 'appointment.resumed' | 'appointment.revoked',
): AppointmentDeed => ({ kind, body: {}, texts: { reason: 'It was decided.' } })

/** What is asked of an appointment, as `person`. */
export function asked(
  person: string | null,
  deed: AppointmentDeed,
  rest: Partial<Asked<Appointment, AppointmentDeed>> = {},
): Asked<Appointment, AppointmentDeed> {
  return { person, key: randomUUID(), noun: appointmentNoun, deed, ...rest }
}

/** Appoints by the system; answers the appointment's id. */
export async function appointed(db: Db, person: string, rest: Made = {}): Promise<number> {
  const { act } = await perform(db, asked(null, madeFor(person, rest), { key: null }))
  return act.id
}

/** A private database whose secretariat is `ines`. */
export async function actingDatabase() {
  const database = await freshDatabase()
  return { ...database, first: await appointFirst(database.db, 'ines') }
}
