import type { Weighed } from '#shared/oversight/evidence.ts'
import { onOfEvidence } from '#shared/oversight/on.ts'
import { openStandings, type Severity } from '#shared/oversight/flag.ts'
import { ask } from './send.ts'
import type { ToldPage } from './told.ts'

/** What a new flag should know: how many are on the same already, and by when it would be answered. */
export class OpenOnes {
  #page = $state.raw<ToldPage>()
  #query = $state.raw('')
  #deadlines = $state.raw<Record<Severity, string>>()

  get count(): number {
    return this.#page?.open ?? 0
  }

  /** Where they can be read and joined. */
  get href(): string {
    const { flags = [] } = this.#page ?? {}
    return this.count === 1 && flags[0] ? `/flags/${flags[0].id}` : `/flags?${this.#query}`
  }

  /** ISO text; undefined until it is known. */
  get deadlines(): Record<Severity, string> | undefined {
    return this.#deadlines
  }

  ask({ evidence, place }: Weighed): () => void {
    const gone = new AbortController()
    const state = openStandings.join()
    this.#query = new URLSearchParams({ on: onOfEvidence(evidence), ...place, state }).toString()
    ask<ToldPage>(`/flags?${this.#query}&limit=2`, gone.signal)
      .then((page) => (this.#page = page))
      .catch(() => {})
    return () => gone.abort()
  }

  askDeadlines(): () => void {
    const gone = new AbortController()
    ask<Record<Severity, string>>('/flags/deadlines', gone.signal)
      .then((told) => (this.#deadlines = told))
      .catch(() => {})
    return () => gone.abort()
  }
}
