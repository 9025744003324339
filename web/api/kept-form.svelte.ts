import { send } from './ask.ts'
import { type FormOf, type Shelf, shelfOf } from './kept.ts'
import { Sending } from './sending.svelte.ts'

/** What every act answers. */
interface Done {
  isRepeated?: boolean
}

/** Where a form lies while it is not answered, and what it is before anything is typed. */
type Kind<Fields> = { blank: () => Fields } & ({ of: FormOf } | { shelf: Shelf<Fields> })

/**
 * A form whose words outlive the page, the session and the server, and which is sent once: under one key from
 * its first letter until it is answered. Whoever made it calls `keep` with each change.
 */
export class KeptForm<Fields extends object> extends Sending {
  fields = $state() as Fields
  #keptAt = $state.raw<number>()
  #key: string
  #sent: string | undefined
  readonly #shelf: Shelf<Fields>
  readonly #blank: () => Fields

  constructor({ blank, ...where }: Kind<Fields>) {
    super()
    this.#shelf = 'shelf' in where ? where.shelf : shelfOf(where.of, blank())
    this.#blank = blank
    const kept = this.#shelf.read()
    this.fields = kept?.fields ?? blank()
    this.#key = kept?.key ?? crypto.randomUUID()
    this.#keptAt = kept?.keptAt
    this.#sent = kept?.sent
  }

  /** Something is typed that is not sent. */
  get isTouched(): boolean {
    return JSON.stringify(this.fields) !== JSON.stringify(this.#blank())
  }

  /** Milliseconds; undefined while there is nothing to lose, and where a browser keeps nothing. */
  get keptAt(): number | undefined {
    return this.#keptAt
  }

  keep(): void {
    const fields = $state.snapshot(this.fields) as Fields
    const isKept = this.isTouched || this.#sent !== undefined
    if (!isKept) return this.#forget()
    const keptAt = Date.now()
    const sent = this.#sent
    const kept = { key: this.#key, fields, keptAt, ...(sent !== undefined && { sent }) }
    this.#keptAt = this.#shelf.write(kept) ? keptAt : undefined
  }

  /** It was answered, or is to be begun anew: what comes next is another one. */
  clear(): void {
    this.fields = this.#blank()
    this.renew()
  }

  /** The same words are sent as something new. */
  renew(): void {
    this.#key = crypto.randomUUID()
    this.#sent = undefined
    this.forgive()
    this.keep()
  }

  /**
   * What was done, or undefined where it was refused or is being sent: then what was typed stays. `isOther`: it
   * had arrived when it was sent before, in other words than these.
   */
  async send<Answer extends object>(
    path: string,
    body: object,
  ): Promise<(Answer & { isOther: boolean }) | undefined> {
    return this.once(async () => {
      const now = `${path} ${JSON.stringify(body)}`
      // Another act is no second sending of the first.
      if (!this.#sent?.startsWith(`${path} `)) this.#begin(now)
      const first = this.#sent
      this.keep()
      const answer = await this.#sendOnce<Answer & Done>(path, body)
      return { ...answer, isOther: answer.isRepeated === true && first !== now }
    })
  }

  /** What was refused was not done: the next time is a first time. */
  async #sendOnce<Answer>(path: string, body: object): Promise<Answer> {
    try {
      return await send<Answer>(path, this.#key, body)
    } catch (error) {
      const { status } = error as { status: number }
      if (status >= 400 && status < 500) this.#sent = undefined
      this.keep()
      throw error
    }
  }

  #begin(sent: string): void {
    if (this.#sent !== undefined) this.#key = crypto.randomUUID()
    this.#sent = sent
  }

  #forget(): void {
    this.#keptAt = undefined
    this.#shelf.forget()
  }
}
