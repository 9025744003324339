import { tick } from 'svelte'
import { forgetUnsent, unsentOf } from '../api/kept.ts'
import { place } from '../router/place.svelte.ts'
import { ask } from './ask.ts'
import { account } from './me.svelte.ts'

/**
 * Signing out, which leaves nothing of what was typed and not sent for who comes to this browser next: where
 * there is any, it is asked first. Whoever is signed out by the clock keeps it, as who lost a session does.
 */
class SigningOut {
  #unsent = $state.raw(0)

  /** So many drafts would be thrown away; 0 while nothing is asked. */
  get unsent(): number {
    return this.#unsent
  }

  async begin(): Promise<void> {
    const { person } = account
    this.#unsent = person ? unsentOf(person.id).length : 0
    if (this.#unsent === 0) await this.finish()
  }

  stay(): void {
    this.#unsent = 0
  }

  /** A server that does not answer leaves everything as it was. */
  async finish(): Promise<void> {
    const { person } = account
    this.#unsent = 0
    await ask('/sign-out', {}).catch(() => {})
    await account.refresh()
    if (account.person) return
    place.go(`${location.origin}/sign-in`)
    // No form is open any more that would keep it again.
    await tick()
    if (person) forgetUnsent(person.id)
  }
}

export const signingOut = new SigningOut()
