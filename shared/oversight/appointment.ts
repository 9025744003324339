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
  /** As the public is told it; stands with title and body in the act that appointed, until an observer chooses another. */
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
  /** The act that holds the name that the appointee chose; absent: it is as it was proposed. */
  nameIn?: number
}

type Empty = Record<never, never>
type Why = { reason: Text }

export type AppointmentDeed =
  | { kind: 'appointment.made'; body: Terms; texts: { [name in keyof Titles]: Text } }
  | {
      kind: 'appointment.renewed'
      body: { until: string }
      /** Of the first ones no reason was asked. */
      texts: { instrument: Text; reason?: Text }
    }
  | { kind: 'appointment.suspended'; body: Empty; texts: Why }
  | { kind: 'appointment.resumed'; body: Empty; texts: Why }
  | { kind: 'appointment.revoked'; body: Empty; texts: Why }
  /** The one that its appointee does, and nobody else. */
  | { kind: 'appointment.named'; body: { isPseudonym: boolean }; texts: { name: Text } }

type Of<Kind> = Act<Extract<AppointmentDeed, { kind: Kind }>>
type Decision = Exclude<AppointmentDeed, { kind: 'appointment.named' }>

/** What an appointment is after an act; throws `Refused` where the rules do not allow it. Changes nothing. */
export function nextAppointment(
  state: Appointment | undefined,
  act: Act<AppointmentDeed>,
): Appointment {
  if (act.kind === 'appointment.named') return named(state, act)
  const person = act.kind === 'appointment.made' ? act.texts.person : state?.person
  if (act.by !== null && act.by.person === person) {
    throw new NotTheirs('appointment.own', 'Nobody decides on an appointment of their own.')
  }
  return changed(state, act)
}

function changed(state: Appointment | undefined, act: Act<Decision>): Appointment {
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
function renewed(state: Appointment, { id, body, texts }: Of<'appointment.renewed'>): Appointment {
  if (state.until === null)
    throw new Refused('appointment.term-endless', 'The term has no end: there is nothing to renew.')
  if (body.until <= state.until) {
    throw new Refused(
      'appointment.term-not-later',
      `The term runs until ${state.until} already: name a later day.`,
    )
  }
  const reasonIn = texts.reason === undefined ? state.reasonIn : id
  return { ...state, until: body.until, instrumentIn: id, reasonIn }
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

/** By which name the register tells an observer is theirs to say. */
function named(
  state: Appointment | undefined,
  { id, by, body }: Of<'appointment.named'>,
): Appointment {
  if (!state) throw new Refused('subject.none', 'There is no such appointment.')
  if (by === null || by.person !== state.person || state.role !== 'observer') {
    throw new NotTheirs('appointment.of-another', 'An observer’s name is theirs alone to choose.')
  }
  return { ...state, isPseudonym: body.isPseudonym, nameIn: id }
}
