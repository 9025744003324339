import { Refused } from '../public-record/ask.ts'
import { type Fault, faultOf } from './refusal-text.ts'

/** A form on its way: once at a time, and what was wrong with it. */
export class Sending {
  #isBusy = $state.raw(false)
  #fault = $state.raw<Fault>()

  get isBusy(): boolean {
    return this.#isBusy
  }

  get fault(): Fault | undefined {
    return this.#fault
  }

  /** Of a field; without one, of what no field of `fields` has. */
  errorOf(field?: string, fields: readonly string[] = []): string | undefined {
    const fault = this.#fault
    if (!fault) return undefined
    const isHere = field === undefined ? !fields.includes(fault.path ?? '') : fault.path === field
    return isHere ? fault.text : undefined
  }

  /** Something is wrong that needs no server to see. */
  refuse(path: string, text: string): void {
    this.#fault = { path, text, isSignedOut: false, isOvertaken: false }
  }

  /** Undefined when it was refused, or is being sent already. */
  async send<Answer>(work: () => Promise<Answer>): Promise<Answer | undefined> {
    if (this.#isBusy) return undefined
    this.#isBusy = true
    this.#fault = undefined
    try {
      return await work()
    } catch (error) {
      this.#fault = faultOf(error instanceof Refused ? error : new Refused(0))
      return undefined
    } finally {
      this.#isBusy = false
    }
  }
}
