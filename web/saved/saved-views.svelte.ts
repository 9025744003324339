import type { SavedView } from '#shared/saved-view.ts'
import { AccountViews } from './account-views.svelte.ts'
import { BrowserViews } from './browser-views.svelte.ts'
import type { Keeper, Unkept } from './keeper.ts'

interface Hearing {
  /** Who is signed in; undefined while nobody is, or nobody is known to be. */
  person: () => string | undefined
  /** The server knows them no longer. */
  onOut: () => void
}

/** The views a reader has saved: in their account while they are signed in, otherwise in this browser. */
export class SavedViews {
  readonly #browser = new BrowserViews()
  readonly #hearing: Hearing
  #held: { person: string; views: AccountViews } | undefined

  constructor(hearing: Hearing) {
    this.#hearing = hearing
  }

  /** Undefined while nobody is signed in: then nothing of an account is left here. */
  get account(): AccountViews | undefined {
    const person = this.#hearing.person()
    if (person === undefined) this.#held = undefined
    else if (this.#held?.person !== person)
      this.#held = { person, views: new AccountViews(this.#hearing.onOut) }
    return this.#held?.views
  }

  /** Who keeps what is saved now. */
  get keeper(): Keeper {
    return this.account ?? this.#browser
  }

  /** What this browser keeps beside the account. */
  get left(): Keeper | undefined {
    return this.account && this.#browser.list.length > 0 ? this.#browser : undefined
  }

  follow(): () => void {
    return this.#browser.follow()
  }

  async read(): Promise<void> {
    await this.account?.read()
  }

  /** Takes what this browser keeps into the account, and out of the browser only once the account has it. */
  async take(): Promise<Unkept | undefined> {
    const { account } = this
    if (!account) return undefined
    for (const view of this.#browser.list) {
      const unkept = (await account.put(view)) ?? (await this.#forget(view))
      if (unkept) return unkept
    }
    return undefined
  }

  async #forget({ id }: SavedView): Promise<Unkept | undefined> {
    const done = await this.#browser.remove(id)
    return typeof done === 'function' ? undefined : done
  }
}
