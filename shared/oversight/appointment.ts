import { type Act, NotTheirs, Refused, type Role, type Text } from './act.ts'

export type Standing = 'appointed' | 'suspended' | 'revoked'

/** What an appointment is about: ids of members, merges followed on reading; null is any. */
export interface Jurisdiction {
  agencies: number[] | null
  areas: number[] | null
  categories: number[] | null
}

interface Terms {
  role: Role
  /** Local dates, both days included; `until` null: until revoked. */
  from: string
  until: string | null
  jurisdiction: Jurisdiction
  /** BCP 47. */
  languages: string[]
  isPseudonym: boolean
}

interface Titles {
  /** The account's id. */
  person: Text
  /** As the public is told it. */
  name: Text
  title: Text
  appointingBody: Text
  /** The number of the document. */
  instrument: Text
}

export interface Appointment extends Terms, Titles {
  standing: Standing
  /** Of what was done last, where one was given. */
  reason: Text
}

type Empty = Record<never, never>
type Why = { reason: Text }

export type AppointmentDeed =
  | { kind: 'appointment.made'; body: Terms; texts: { [name in keyof Titles]: Text } }
  | { kind: 'appointment.renewed'; body: { until: string }; texts: { instrument: Text } }
  | { kind: 'appointment.suspended'; body: Empty; texts: Why }
  | { kind: 'appointment.resumed'; body: Empty; texts: Why }
  | { kind: 'appointment.revoked'; body: Empty; texts: Why }

/** What an appointment is after an act; throws `Refused` where the rules do not allow it. Changes nothing. */
export function nextAppointment(
  state: Appointment | undefined,
  act: Act<AppointmentDeed>,
): Appointment {
  const person = act.kind === 'appointment.made' ? act.texts.person : state?.person
  if (act.by !== null && act.by.person === person) {
    throw new NotTheirs('appointment.own', 'Nobody decides on an appointment of their own.')
  }
  return changed(state, act)
}

function changed(state: Appointment | undefined, act: Act<AppointmentDeed>): Appointment {
  if (act.kind === 'appointment.made') return made(state, act)
  if (!state) throw new Refused('subject.none', 'There is no such appointment.')
  if (state.standing === 'revoked')
    throw new Refused('appointment.over', 'The appointment was revoked: make a new one.')
  switch (act.kind) {
    case 'appointment.renewed':
      return renewed(state, act)
    case 'appointment.suspended':
      return moved(state, act, { from: 'appointed', to: 'suspended' })
    case 'appointment.resumed':
      return moved(state, act, { from: 'suspended', to: 'appointed' })
    case 'appointment.revoked':
      return { ...state, standing: 'revoked', reason: act.texts.reason }
  }
}

type Of<Kind> = Act<Extract<AppointmentDeed, { kind: Kind }>>

function made(state: Appointment | undefined, { body, texts }: Of<'appointment.made'>) {
  if (state) throw new Refused('done-already', 'The appointment was made already.')
  if (body.until !== null && body.until < body.from) {
    throw new Refused('appointment.term-reversed', 'The term ends before it begins.')
  }
  if (body.role === 'observer' && body.until === null) {
    throw new Refused('appointment.term-without-end', 'The term of an observer has an end.')
  }
  return { ...body, ...texts, standing: 'appointed' as const, reason: null }
}

/** The same term goes on, to a later day. */
function renewed(state: Appointment, { body, texts }: Of<'appointment.renewed'>): Appointment {
  if (state.until === null)
    throw new Refused('appointment.term-endless', 'The term has no end: there is nothing to renew.')
  if (body.until <= state.until) {
    throw new Refused(
      'appointment.term-not-later',
      `The term runs until ${state.until} already: name a later day.`,
    )
  }
  return { ...state, until: body.until, instrument: texts.instrument }
}

function moved(
  state: Appointment,
  { texts }: { texts: Why },
  { from, to }: { from: Standing; to: Standing },
): Appointment {
  if (state.standing !== from) {
    throw new Refused(
      'appointment.standing',
      `The appointment is ${state.standing}: it must be ${from} for this.`,
    )
  }
  return { ...state, standing: to, reason: texts.reason }
}
