import type { Role } from '#shared/oversight/act.ts'

/** An appointment as whoever holds it is told. */
export interface Appointment {
  id: number
  version: number
  person: string | null
  role: Role
  name: string | null
  isPseudonym: boolean
  /** By the appointee; until then it is as the secretariat proposed. */
  isNameChosen: boolean
  title: string | null
  appointingBody: string | null
  instrument: string | null
  from: string
  until: string | null
  /** By code; null: any. */
  jurisdiction: Readonly<Record<'agencies' | 'areas' | 'categories', readonly string[] | null>>
  languages: readonly string[]
  standing: 'upcoming' | 'current' | 'ended' | 'suspended' | 'revoked'
}

/** What whoever is signed in is appointed to; undefined until it is known. */
class Held {
  #all = $state.raw<readonly Appointment[]>()

  get all(): readonly Appointment[] | undefined {
    return this.#all
  }

  get current(): readonly Appointment[] | undefined {
    return this.#all?.filter(({ standing }) => standing === 'current')
  }

  /** Answers whether they are known; a server that does not tell leaves what was. */
  async refresh(): Promise<boolean> {
    const answer = await fetch('/api/v1/appointments/mine').catch(() => undefined)
    if (!answer?.ok) return false
    this.#all = ((await answer.json()) as { appointments: Appointment[] }).appointments
    return true
  }
}

export const held = new Held()

/** Whose flags are somebody's to answer, by code; null: every agency's. */
export function agenciesOf(appointments: readonly Appointment[]): readonly string[] | null {
  const own = appointments.filter(({ role }) => role === 'official')
  if (own.some(({ jurisdiction }) => jurisdiction.agencies === null)) return null
  return [...new Set(own.flatMap(({ jurisdiction }) => jurisdiction.agencies!))]
}
