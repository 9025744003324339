import type { Role } from '#shared/oversight/act.ts'
import { account } from '../accounts/me.svelte.ts'
import { ask } from './send.ts'

/** An appointment as its holder is told it. */
export interface Mine {
  id: number
  role: Role
  /** `current`, or why it is not. */
  standing: string
  jurisdiction: Record<'agencies' | 'areas' | 'categories', readonly string[] | null>
  languages: readonly string[]
}

/** The appointments of who is signed in, as the server last told them. */
class MyAppointments {
  #all = $state.raw<readonly Mine[]>([])
  #person = $state.raw<string>()

  /** The account they are of; stays while a session that has ended is made anew. */
  get person(): string | undefined {
    return this.#person
  }

  /** Those by which something can be done today. */
  get current(): readonly Mine[] {
    return this.#all.filter(({ standing }) => standing === 'current')
  }

  /** Numbers of all that they ever held: what was done under one stays theirs. */
  get all(): readonly number[] {
    return this.#all.map(({ id }) => id)
  }

  /** Asks for those of who is signed in; a server that does not answer leaves what was known. */
  async refresh(): Promise<void> {
    const { person } = account
    if (person === undefined) return
    if (person === null) {
      this.#all = []
      return
    }
    const told = await ask<{ appointments: Mine[] }>('/appointments/mine').catch(() => undefined)
    if (!told || account.person?.id !== person.id) return
    this.#person = person.id
    this.#all = told.appointments
  }
}

export const mine = new MyAppointments()
