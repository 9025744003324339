import type { ClaimInput, Weighed } from '#shared/oversight/evidence.ts'
import { type Refused, send } from '../api/ask.ts'
import { refusalText } from './refusal-text.ts'

/** What the server would freeze of a claim; asked again while it does not answer. */
export class Weighing {
  #weighed = $state.raw<Weighed>()
  #refused = $state.raw<string>()

  get weighed(): Weighed | undefined {
    return this.#weighed
  }

  /** Why it cannot be frozen. */
  get refused(): string | undefined {
    return this.#refused
  }

  /** Answers how to stop. */
  ask(claim: ClaimInput): () => void {
    let isOver = false
    let timer: ReturnType<typeof setTimeout>
    const attempt = async (): Promise<void> => {
      try {
        const weighed = await send<Weighed>('/evidence', crypto.randomUUID(), claim)
        if (isOver) return
        this.#weighed = weighed
        this.#refused = undefined
      } catch (error) {
        if (isOver) return
        const { status } = error as Refused
        const isFinal = status >= 400 && status < 500 && status !== 429
        if (isFinal) this.#refused = refusalText(error)
        else timer = setTimeout(() => void attempt(), 2000)
      }
    }
    void attempt()
    return () => {
      isOver = true
      clearTimeout(timer)
    }
  }
}
