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
  #pages = 1
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

  /** Those that are answered; of the secretariat's the others are disputed, and settled. */
  get answerable(): readonly ToldFlag[] {
    return this.flags.filter(({ state }) => state === 'open' || state === 'acknowledged')
  }

  get hasMore(): boolean {
    return typeof this.#queue?.next === 'string'
  }

  /** From now on one page of flags more. */
  more(): Promise<void> {
    this.#pages += 1
    return this.paced.now()
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
      askQueue(this.#pages).catch(() => undefined),
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

/** What is answered or handed on between two pages stands on neither or on both. */
async function askQueue(pages: number): Promise<FlagQueue> {
  let queue = await ask<FlagQueue>('flags/queue')
  for (let page = 1; page < pages && queue.next !== null; page++) {
    const after = new URLSearchParams({ after: queue.next })
    const { flags, next } = await ask<FlagQueue>(`flags/queue?${after}`)
    const known = new Set(queue.flags.map(({ id }) => id))
    queue = { ...queue, flags: [...queue.flags, ...flags.filter(({ id }) => !known.has(id))], next }
  }
  return queue
}
