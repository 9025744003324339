import type { MeasureId } from '#shared/measures/all.ts'
import type { ViewState } from '#shared/view.ts'
import { ask } from './ask.ts'
import { Paced } from './paced.ts'

const PAUSE = 5000

export interface OwnAnswer extends Omit<ViewState, 'id'> {
  asOf: string
}

/** Exact numbers of one's own jurisdiction, of the last 24 hours and the 24 before; what is not answered leaves what was known. */
export class OwnNumbers {
  #now = $state.raw<OwnAnswer>()
  #before = $state.raw<OwnAnswer>()
  readonly #query: URLSearchParams
  readonly paced = new Paced(() => this.#refresh(), PAUSE)

  /** `within`: what one's jurisdiction is narrowed to, by code; null: any. */
  constructor(
    measures: readonly MeasureId[],
    within: Readonly<Partial<Record<'agency' | 'area' | 'category', readonly string[] | null>>>,
    by?: 'category',
  ) {
    this.#query = new URLSearchParams({ measures: measures.join(), window: '24h' })
    if (by) this.#query.set('by', by)
    for (const [dimension, codes] of Object.entries(within)) {
      if (codes) this.#query.set(dimension, codes.join())
    }
  }

  get now(): OwnAnswer | undefined {
    return this.#now
  }

  get before(): OwnAnswer | undefined {
    return this.#before
  }

  async #refresh(): Promise<void> {
    const [now, before] = await Promise.all([
      ask<OwnAnswer>(`work/view?${this.#query}`).catch(() => undefined),
      ask<OwnAnswer>(`work/view?${this.#query}&period=previous`).catch(() => undefined),
    ])
    if (!now || !before) return
    this.#now = now
    this.#before = before
  }
}
