import type { ToldFigures } from '#shared/consultations/answer-measures.ts'
import type { Row, ViewState } from '#shared/view.ts'
import { asked } from './opinion-part.svelte.ts'

/** The fields of the rate, by name. */
type Rate = ToldFigures['figures'][string]

/** How open drafts are answered. It is no sum of what came in, so no view has it: it is asked by draft. */
export class AnswerRates {
  #told = $state.raw<ReadonlyMap<string, Rate>>(new Map())

  /** As a view, so that what reads views reads it too; undefined before the first is told. */
  readonly view: ViewState | undefined = $derived(
    this.#told.size > 0 ? answersView(this.#told) : undefined,
  )

  /** Asks anew, and answers how to stop asking; what is not asked of any more is forgotten. */
  ask(codes: readonly string[]): () => void {
    const gone = new AbortController()
    this.#told = new Map([...this.#told].filter(([code]) => codes.includes(code)))
    for (const code of codes) void this.#ask(code, gone.signal)
    return () => gone.abort()
  }

  async #ask(code: string, gone: AbortSignal): Promise<void> {
    const told = await asked<ToldFigures>(`consultations/${code}/figures`, gone)
    const rate = told?.figures['answerRate']
    if (rate) this.#told = new Map([...this.#told, [code, rate]])
  }
}

/** Its totals are the rate of the sums. */
export function answersView(told: ReadonlyMap<string, Rate>): ViewState {
  const sumOf = (field: string) =>
    [...told.values()].reduce((sum, rate) => sum + (rate[field] ?? 0), 0)
  const [hits, n] = [sumOf('numerator'), sumOf('n')]
  const columns = ['consultation', 'answerRate', 'answerRate.numerator', 'answerRate.n']
  return {
    id: 'answers',
    columns: columns.map((id) => ({ id })),
    rows: [...told].map(([code, { value, numerator, n }]): Row => [
      ...([code, value ?? null, numerator ?? null, n ?? null] as const),
    ]),
    totals: [null, n > 0 ? hits / n : null, hits, n],
  }
}
