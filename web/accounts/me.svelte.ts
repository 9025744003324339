import { ask } from './ask.ts'

export interface Me {
  id: string
  name: string
  email: string
  language: string | null
  isDemo: boolean
  /** The second factor is still to be set up. */
  needsCode: boolean
}

interface Answer {
  person: Me | null
  sso: boolean
  /** Milliseconds without use after which a session ends. */
  idle: number
  demo: readonly { who: string; name: string; about: Readonly<Record<string, string>> }[]
}

/** Milliseconds after which a server that refused is asked again. */
const ASK_AGAIN = 2000

/** Who is signed in, as the server last said. */
class Account {
  #answer = $state.raw<Answer>()
  #again: ReturnType<typeof setTimeout> | undefined

  /** Null: nobody. Undefined: not known yet. */
  get person(): Me | null | undefined {
    return this.#answer?.person
  }

  get demo(): Answer['demo'] {
    return this.#answer?.demo ?? []
  }

  get sso(): boolean {
    return this.#answer?.sso ?? false
  }

  get idle(): number | undefined {
    return this.#answer?.idle
  }

  /** Says that who is signed in is here; all is asked again only where the server knows them no longer. */
  async stay(): Promise<void> {
    const answer = await ask<Answer>('').catch(() => undefined)
    if (answer?.person === null) await this.refresh()
  }

  /** A server that does not answer leaves what was known; where nothing is, it is asked again: desks wait for it. */
  async refresh(): Promise<void> {
    this.#answer = await ask<Answer>('').catch(() => this.#answer)
    if (this.#answer) return
    clearTimeout(this.#again)
    this.#again = setTimeout(() => void this.refresh(), ASK_AGAIN)
  }
}

export const account = new Account()
