import { Refused } from './ask.ts'
import { refusalText } from './refusal-text.ts'

/** What stands beside a field, or over the form when it is of no field. */
interface Fault {
  text: string
  /** The field's name, with the place in it that is wrong. */
  path: string
  status: number
}

/** Something on its way to the server: once at a time, and what was wrong with it. */
export class Sending {
  #isBusy = $state.raw(false)
  #fault = $state.raw<Fault>()

  get isBusy(): boolean {
    return this.#isBusy
  }

  /** The session has ended: nothing more can be sent until somebody signs in. */
  get isSignedOut(): boolean {
    return this.#fault?.status === 401
  }

  /** Somebody else did something meanwhile. */
  get isOvertaken(): boolean {
    return this.#fault?.status === 409
  }

  /** What is wrong with a field, or with a part of it. */
  errorOf(field: string): string | undefined {
    const { path = '', text } = this.#fault ?? {}
    return path === field || path.startsWith(`${field}.`) ? text : undefined
  }

  /** What is wrong with none of these fields. */
  errorBut(...fields: string[]): string | undefined {
    return fields.some((field) => this.errorOf(field)) ? undefined : this.#fault?.text
  }

  /** Something is wrong that needs no server to see. */
  refuse(path: string, text: string): void {
    this.#fault = { path, text, status: 400 }
  }

  forgive(): void {
    this.#fault = undefined
  }

  /** Undefined when it was refused, or is being sent already. */
  async once<Answer>(work: () => Promise<Answer>): Promise<Answer | undefined> {
    if (this.#isBusy) return undefined
    this.#isBusy = true
    this.#fault = undefined
    try {
      return await work()
    } catch (error) {
      const refused = error instanceof Refused ? error : new Refused(0)
      const { status, path = '' } = refused
      this.#fault = { text: refusalText(refused), path, status }
      return undefined
    } finally {
      this.#isBusy = false
    }
  }
}
