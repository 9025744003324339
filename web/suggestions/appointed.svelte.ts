import type { Role } from '#shared/oversight/act.ts'
import { account } from '../accounts/me.svelte.ts'
import { read, Refused } from '../api/ask.ts'

/** One's own appointment; of a jurisdiction null is any. */
export interface Appointment {
  id: number
  role: Role
  name: string
  standing: 'upcoming' | 'current' | 'ended' | 'suspended' | 'revoked'
  languages: readonly string[]
  jurisdiction: Readonly<Record<'agencies' | 'areas' | 'categories', readonly string[] | null>>
}

/** Who is signed in, and as what. */
export class Appointed {
  #appointments = $state.raw<readonly Appointment[]>()

  /** Undefined until it is known. */
  get person(): string | null | undefined {
    return account.person === null ? null : account.person?.id
  }

  /** Those that hold now; undefined until they are known, none for who is not signed in. */
  get current(): readonly Appointment[] | undefined {
    if (this.person === null) return []
    return this.#appointments?.filter(({ standing }) => standing === 'current')
  }

  /** Their numbers, also of those that have ended: what was done under them stays one's own. */
  get all(): readonly number[] {
    return this.#appointments?.map(({ id }) => id) ?? []
  }

  async refresh(): Promise<void> {
    await account.refresh()
    if (!account.person) return
    const told = await read<{ appointments: Appointment[] }>('/appointments/mine').catch(
      (error: Refused) => error,
    )
    if (!(told instanceof Refused)) this.#appointments = told.appointments
    else if (told.status === 401) this.#appointments = []
  }
}
