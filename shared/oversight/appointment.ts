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
  /** As the public is told it; stands in the act that appointed, with title and body. */
  name: Text
  title: Text
  appointingBody: Text
  /** The number of the document. */
  instrument: Text
}

/** Texts are not in it, but the account: each stands once, with its act, so that one taken down is nowhere any more. */
export interface Appointment extends Terms, Pick<Titles, 'person'> {
  standing: Standing
  /** The act that holds the newest document's number. */
  instrumentIn: number
  /** The act that holds the reason of what was done last; null where none was given. */
  reasonIn: number | null
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
      return { ...state, standing: 'revoked', reasonIn: act.id }
  }
}

type Of<Kind> = Act<Extract<AppointmentDeed, { kind: Kind }>>

function made(
  state: Appointment | undefined,
  { id, body, texts }: Of<'appointment.made'>,
): Appointment {
  if (state) throw new Refused('done-already', 'The appointment was made already.')
  if (body.until !== null && body.until < body.from) {
    throw new Refused('appointment.term-reversed', 'The term ends before it begins.')
  }
  if (body.role === 'observer' && body.until === null) {
    throw new Refused('appointment.term-without-end', 'The term of an observer has an end.')
  }
  const { person } = texts
  return { ...body, person, standing: 'appointed', instrumentIn: id, reasonIn: null }
}

/** The same term goes on, to a later day. */
function renewed(state: Appointment, { id, body }: Of<'appointment.renewed'>): Appointment {
  if (state.until === null)
    throw new Refused('appointment.term-endless', 'The term has no end: there is nothing to renew.')
  if (body.until <= state.until) {
    throw new Refused(
      'appointment.term-not-later',
      `The term runs until ${state.until} already: name a later day.`,
    )
  }
  return { ...state, until: body.until, instrumentIn: id }
}

function moved(
  state: Appointment,
  { id }: { id: number },
  { from, to }: { from: Standing; to: Standing },
): Appointment {
  if (state.standing !== from) {
    throw new Refused(
      'appointment.standing',
      `The appointment is ${state.standing}: it must be ${from} for this.`,
    )
  }
  return { ...state, standing: to, reasonIn: id }
}
