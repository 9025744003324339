import type { DurableRecord } from '../records.ts'

/** Why: it is about what is one's own, or one's agency's to answer. */
export type Concern = 'own' | 'agency'

/** Who is signed in, as appointed now and before: what was done under an appointment that has ended stays theirs. */
export interface Appointed {
  /** The account's. */
  person: string
  /** Numbers of all that they ever held. */
  appointments: readonly number[]
  /** Whose flags are theirs to answer now, by code; null: every agency's. Empty for who answers none. */
  agencies: readonly string[] | null
  /** Whose word a dispute waits for, and what is suggested to no agency. */
  isSecretariat?: boolean
}

/** Why a record concerns somebody; what one did oneself is no news. */
export function concernOf({ kind, body }: DurableRecord, me: Appointed): Concern | undefined {
  const { by, subject, openedBy, agency } = body
  if (by && me.appointments.includes(by.appointment)) return undefined
  const [noun, id] = subject.split(':')
  // What was answered to a draft stands there for everybody.
  if (noun === 'reply') return undefined
  const isOwn =
    noun === 'appointment'
      ? me.appointments.includes(Number(id))
      : openedBy !== null && me.appointments.includes(openedBy)
  if (isOwn) return 'own'
  if (noun === 'appointment') return undefined
  if (me.isSecretariat && (agency === null || kind === 'flag.disputed')) return 'agency'
  if (agency === null || agency === undefined) return undefined
  return me.agencies === null || me.agencies.includes(agency) ? 'agency' : undefined
}

/** What they may do can be otherwise since: of an appointment that is made, no record tells whose it is. */
export const changesStanding = ({ kind, body }: DurableRecord, me: Appointed): boolean =>
  kind === 'appointment.made' || me.appointments.some((id) => body.subject === `appointment:${id}`)

/** Whose it is to answer is told to nobody by the record, and may be who reads: the server knows. */
export function mayConcern({ body }: DurableRecord, me: Appointed): boolean {
  const { by, subject, agency } = body
  if (agency !== undefined || !subject.startsWith('flag:')) return false
  if (by && me.appointments.includes(by.appointment)) return false
  return me.isSecretariat === true || me.agencies === null || me.agencies.length > 0
}
