import { patience } from '../live/redial.ts'
import { ask, type Refused } from './send.ts'
import type { ToldFlag, ToldPage } from './told.ts'

/** Flags by pages, the newest first: what was read stays where it is until another question is asked. */
export class FlagList {
  #flags = $state.raw<readonly ToldFlag[]>([])
  #next = $state.raw<string | null>(null)
  #state = $state.raw<'loading' | 'shown' | 'refused' | 'unreached'>('loading')
  #error = $state.raw('')
  #query = ''
  #asking = new AbortController()

  get flags(): readonly ToldFlag[] {
    return this.#flags
  }

  get hasMore(): boolean {
    return this.#next !== null
  }

  get state(): 'loading' | 'shown' | 'refused' | 'unreached' {
    return this.#state
  }

  get error(): string {
    return this.#error
  }

  /** Answers how to stop. */
  ask(query: string): () => void {
    this.#query = query
    this.#state = 'loading'
    void this.#load(null)
    return () => this.#asking.abort()
  }

  /** What follows, under what is here. */
  more(): Promise<void> {
    return this.#load(this.#next)
  }

  async #load(after: string | null): Promise<void> {
    this.#asking.abort()
    const { signal } = (this.#asking = new AbortController())
    const params = new URLSearchParams(this.#query)
    if (after !== null) params.set('after', after)
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        const page = await ask<ToldPage>(`/flags?${params}`, signal)
        if (!signal.aborted) this.#show(page, after)
        return
      } catch (error) {
        if (signal.aborted) return
        const { status, message } = error as Refused
        const isFinal = status >= 400 && status < 500 && status !== 429
        this.#error = message
        this.#state = isFinal ? 'refused' : 'unreached'
        if (isFinal) return
        await new Promise((resolve) => setTimeout(resolve, patience(1000, attempt)))
      }
    }
  }

  #show({ flags, next }: ToldPage, after: string | null): void {
    const known = new Set(this.#flags.map(({ id }) => id))
    this.#flags =
      after === null ? flags : [...this.#flags, ...flags.filter(({ id }) => !known.has(id))]
    this.#next = next
    this.#state = 'shown'
  }
}
