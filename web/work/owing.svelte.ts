import type { Suggestion } from '../suggestions/suggestion.ts'
import { ask } from './ask.ts'
import type { FlagQueue, ToldFlag } from './answers.ts'
import { Paced } from './paced.ts'

const PAUSE = 2000

/** Flags and suggestions that wait for the answer of one's agencies, by deadline. */
export class Owing {
  #queue = $state.raw<FlagQueue>()
  #suggestions = $state.raw<readonly Suggestion[]>([])
  #adopted = $state.raw<readonly Suggestion[]>([])
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

  /** What was adopted and is not put into practice: nobody has said by when. */
  get adopted(): readonly Suggestion[] {
    return this.#adopted
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
    const [queue, owed, adopted] = await Promise.all([
      ask<FlagQueue>('flags/queue').catch(() => undefined),
      this.#suggestionsIn({ state: 'submitted,under-review', sort: 'deadline' }),
      this.#suggestionsIn({ state: 'adopted,partly' }),
    ])
    if (queue) this.#queue = queue
    this.#suggestions = owed ?? this.#suggestions
    this.#adopted = adopted ?? this.#adopted
  }

  async #suggestionsIn(which: Record<string, string>): Promise<readonly Suggestion[] | undefined> {
    const of = this.#agencies?.map((code) => code.replaceAll(',', ' ')).join()
    const asked = new URLSearchParams({ ...which, limit: '100', ...(of && { agency: of }) })
    const told = await ask<{ suggestions: Suggestion[] }>(`suggestions?${asked}`).catch(
      () => undefined,
    )
    return told?.suggestions
  }
}
