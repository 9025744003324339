import type { Suggestion } from '../suggestions/suggestion.ts'
import { ask } from './ask.ts'
import type { FlagQueue, ToldFlag } from './answers.ts'
import { Paced } from './paced.ts'

const PAUSE = 2000

/** Flags and suggestions that wait for the answer of one's agencies, by deadline. */
export class Owing {
  #queue = $state.raw<FlagQueue>()
  #suggestions = $state.raw<readonly Suggestion[]>([])
  readonly paced = new Paced(() => this.#refresh(), PAUSE)
  readonly #agencies: readonly string[] | null

  /** By code, `(none)` for what names none; null: every one. */
  constructor(agencies: readonly string[] | null) {
    this.#agencies = agencies
  }

  get isKnown(): boolean {
    return this.#queue !== undefined
  }

  get flags(): readonly ToldFlag[] {
    return this.#queue?.flags ?? []
  }

  get suggestions(): readonly Suggestion[] {
    return this.#suggestions
  }

  get flagCount(): number {
    return this.#queue?.counts.total ?? 0
  }

  get total(): number {
    return this.flagCount + this.#suggestions.length
  }

  get late(): number {
    const late = this.#suggestions.filter(({ isLate }) => isLate).length
    return (this.#queue?.counts.overdue ?? 0) + late
  }

  /** What is not answered leaves what was known. */
  async #refresh(): Promise<void> {
    const of = this.#agencies?.map((code) => code.replaceAll(',', ' ')).join()
    const asked = new URLSearchParams({
      state: 'submitted,under-review',
      sort: 'deadline',
      limit: '100',
      ...(of && { agency: of }),
    })
    const [queue, suggested] = await Promise.all([
      ask<FlagQueue>('flags/queue').catch(() => undefined),
      ask<{ suggestions: Suggestion[] }>(`suggestions?${asked}`).catch(() => undefined),
    ])
    if (queue) this.#queue = queue
    if (suggested) this.#suggestions = suggested.suggestions
  }
}
