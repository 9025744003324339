import { account } from '../accounts/me.svelte.ts'
import { KeptForm } from '../api/kept-form.svelte.ts'

/** A form that does one act on the desk of who is signed in, who must be known: it is kept as theirs. */
export class Deed<Fields extends object> extends KeptForm<Fields> {
  readonly #fields: string[]

  constructor(name: string, empty: Fields) {
    super({
      of: { person: account.person?.id ?? '', form: `work.${name}` },
      blank: () => structuredClone(empty),
    })
    this.#fields = Object.keys(empty)
  }

  /** Of a field; without one, what is said of no field of the form, as that somebody else was faster. */
  override errorOf(field?: string): string | undefined {
    if (this.isOvertaken) return field === undefined ? this.errorBut() : undefined
    return field === undefined ? this.errorBut(...this.#fields) : super.errorOf(field)
  }

  override send<Answer extends object>(path: string, body: object) {
    return super.send<Answer>(`/${path}`, body)
  }
}
