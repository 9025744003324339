import { Sending } from '../api/sending.svelte.ts'

/** What a form about an account is doing: one thing at a time, and what was wrong with it. */
export class Form extends Sending {
  /** False when it was refused, or something is being done. */
  async send(work: () => Promise<unknown>): Promise<boolean> {
    return (await this.once(() => work().then(() => true))) === true
  }
}
