import { patience } from '../live/redial.ts'
import { read, Refused } from './ask.ts'

/** The answer to one question, asked until it is answered or refused for good. */
export class Asked<Answer> {
  #answer = $state.raw<Answer>()
  #refusal = $state.raw<Refused>()
  #isFailing = $state.raw(false)
  #path = ''
  #gone = new AbortController()

  /** The last one, until there is a newer. */
  get answer(): Answer | undefined {
    return this.#answer
  }

  get refusal(): Refused | undefined {
    return this.#refusal
  }

  /** The server did not answer last time: it is asked again. */
  get isFailing(): boolean {
    return this.#isFailing
  }

  /** Answers how to stop asking. */
  open(path: string): () => void {
    this.#path = path
    this.again()
    return () => this.#gone.abort()
  }

  /** The newest that was asked for wins. */
  again(): void {
    this.#gone.abort()
    this.#gone = new AbortController()
    void this.#ask(this.#path, this.#gone.signal)
  }

  async #ask(path: string, gone: AbortSignal): Promise<void> {
    for (let attempt = 0; !gone.aborted; attempt++) {
      const told = await read<Answer>(path, gone).catch((error: Refused) => error)
      if (gone.aborted) return
      const isRefused = told instanceof Refused
      this.#isFailing = isRefused && told.isPassing
      this.#refusal = isRefused && !told.isPassing ? told : undefined
      if (!isRefused) this.#answer = told
      if (!this.#isFailing) return
      await new Promise((resolve) => setTimeout(resolve, patience(1000, attempt)))
    }
  }
}
