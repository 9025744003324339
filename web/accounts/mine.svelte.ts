import type { Role } from '#shared/oversight/act.ts'
import { read } from '../api/ask.ts'
import { account } from './me.svelte.ts'

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

interface Told {
  person: string
  all: readonly Appointment[]
}

/** The appointments of who is signed in, as the server last told them. */
class MyAppointments {
  #told = $state.raw<Told>()
  #asked = 0
  #answered = 0

  /** The account they are of; stays while a session that has ended is made anew. */
  get person(): string | undefined {
    return this.#told?.person
  }

  /** Undefined until they are known; none of who is not signed in. */
  get all(): readonly Appointment[] | undefined {
    if (account.person === null) return []
    return this.#told && account.person?.id === this.#told.person ? this.#told.all : undefined
  }

  /** Those by which something can be done today. */
  get current(): readonly Appointment[] | undefined {
    return this.all?.filter(({ standing }) => standing === 'current')
  }

  /** Numbers of all that they ever held: what was done under one stays theirs. */
  get ids(): readonly number[] {
    return this.all?.map(({ id }) => id) ?? []
  }

  /** Asks again; a server that does not answer leaves what was known, and of two answers the later question's holds. */
  async refresh(): Promise<void> {
    const { person } = account
    if (!person) return
    const asked = ++this.#asked
    const told = await read<{ appointments: Appointment[] }>('/appointments/mine').catch(
      () => undefined,
    )
    if (!told || asked < this.#answered) return
    this.#answered = asked
    this.#told = { person: person.id, all: told.appointments }
  }
}

export const mine = new MyAppointments()

/** Whose flags are somebody's to answer, by code; null: every agency's. */
export function agenciesOf(appointments: readonly Appointment[]): readonly string[] | null {
  const own = appointments.filter(({ role }) => role === 'official')
  if (own.some(({ jurisdiction }) => jurisdiction.agencies === null)) return null
  return [...new Set(own.flatMap(({ jurisdiction }) => jurisdiction.agencies!))]
}
