import { DAY } from '#shared/time.ts'
import { type DemoAppointment, demoAppointments, demoPeople } from '../accounts/demo-people.ts'
import { perform } from '../acts/perform.ts'
import { jurisdictionOf } from '../appointments/forms.ts'
import { appointmentNoun } from '../appointments/noun.ts'
import { appointmentsOf, localDate } from '../appointments/queries.ts'
import type { Db } from '../db/connect.ts'
import type { Directory } from '../dimensions/directory.ts'

/** Days that the invented terms of observers have been running, and will go on. */
const [SINCE, LEFT] = [120, 245]

/** Appoints the demonstration's people, once each: who was revoked stays revoked. */
export async function appointDemo(db: Db, directory: Directory): Promise<void> {
  const today = await localDate(db)
  for (const one of demoAppointments) {
    const held = await appointmentsOf(db, one.personId)
    if (held.length === 0) await appoint(db, { one, directory, today })
  }
}

interface Appointing {
  one: DemoAppointment
  directory: Directory
  today: string
}

async function appoint(db: Db, { one, directory, today }: Appointing): Promise<void> {
  const { personId: person, role, title, languages } = one
  const { name } = demoPeople.find(({ id }) => id === person)!
  const any = (codes: readonly string[]) => (codes.length === 0 ? null : [...codes])
  const jurisdiction = jurisdictionOf(
    { agencies: any(one.agencies), areas: any(one.areas), categories: any(one.categories) },
    directory,
  )
  await perform(db, {
    person: null,
    key: null,
    noun: appointmentNoun,
    deed: {
      kind: 'appointment.made',
      body: {
        role,
        from: dayFrom(today, -SINCE),
        until: role === 'observer' ? dayFrom(today, LEFT) : null,
        jurisdiction,
        languages: [...languages],
        isPseudonym: false,
      },
      texts: {
        person,
        name,
        title: languages[0] === 'zh' ? title.zh : title.en,
        appointingBody: 'Port Halcyon, a demonstration city',
        instrument: `Demo ${person.replace('demo-', '')}`,
      },
    },
  })
}

const dayFrom = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00Z`) + days * DAY).toISOString().slice(0, 10)
