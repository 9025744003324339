import type { At, Basis, ViewSpec } from '#shared/view.ts'
import type { Refusal } from '#shared/wire.ts'
import type { Answer } from './answer.ts'
import { askPast, Refused } from './ask-past.ts'
import type { Freshness, State } from './freshness.ts'
import { patience } from './redial.ts'

interface PastAnswer extends Answer {
  /** Milliseconds, by the deployment's clock. */
  asOf: number
  basis: Basis
}

/** Which share of one of so many views is counted. */
interface Told {
  place: number
  share: number
  of: number
  signal: AbortSignal
}

/** One set of views as they were at a past pair, or once as they are now: asked until answered, and then they stand still. */
export class PastBoard {
  #answer = $state.raw<PastAnswer>()
  #shares = $state.raw<readonly number[]>([])
  #refusal = $state.raw<Refusal>()
  #isFailing = $state.raw(false)
  #isAsking = $state.raw(false)

  get answer(): PastAnswer | undefined {
    return this.#answer
  }

  get refusal(): Refusal | undefined {
    return this.#refusal
  }

  /** The share that is counted, over all views; undefined while nothing is being counted. */
  get progress(): number | undefined {
    if (!this.#isAsking || this.#shares.length === 0) return undefined
    return this.#shares.reduce((sum, share) => sum + share, 0) / this.#shares.length
  }

  get freshness(): Freshness {
    const asOf = this.#answer?.asOf
    const rest = { now: undefined, behind: 0, heardAt: undefined, silentSources: [] }
    return { state: this.#state, asOf, ...rest }
  }

  /** Asks for the views, without `at` as they are now, and returns the function that stops asking. */
  ask(specs: readonly ViewSpec[], at?: At): () => void {
    const asking = new AbortController()
    this.#isAsking = true
    this.#refusal = undefined
    this.#isFailing = false
    void this.#follow(specs, at, asking.signal)
    return () => asking.abort()
  }

  get #state(): State {
    if (this.#refusal) return 'refused'
    if (!this.#answer) return this.#isFailing ? 'reconnecting' : 'loading'
    return this.#isAsking ? 'asking' : 'past'
  }

  async #follow(
    specs: readonly ViewSpec[],
    at: At | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt++) {
      try {
        const answer = await this.#askAll(specs, at, signal)
        if (!signal.aborted) this.#take(answer)
        return
      } catch (error) {
        if (signal.aborted) return
        this.#shares = []
        this.#isFailing = !(error instanceof Refused)
        if (error instanceof Refused) this.#refusal = error.refusal
        if (error instanceof Refused && error.isFinal) return
      }
      await new Promise((resolve) => setTimeout(resolve, patience(2_000, attempt)))
    }
  }

  async #askAll(
    specs: readonly ViewSpec[],
    at: At | undefined,
    signal: AbortSignal,
  ): Promise<PastAnswer> {
    this.#shares = []
    const views = await Promise.all(
      specs.map(async (spec, place) => {
        const onProgress = (share: number) => this.#tell({ place, share, of: specs.length, signal })
        const view = await askPast(spec, { at, signal, onProgress })
        if (this.#shares.length > 0) onProgress(1)
        return view
      }),
    )
    return {
      specs,
      at: at ?? views[0]!.at,
      asOf: Date.parse(views[0]!.asOf),
      basis: views.some(({ basis }) => basis === 'recounted') ? 'recounted' : 'past',
      views: new Map(specs.map(({ id = '' }, place) => [id, { ...views[place]!, id }])),
    }
  }

  #tell({ place, share, of, signal }: Told): void {
    if (signal.aborted) return
    const shares = this.#shares.length === of ? this.#shares : Array<number>(of).fill(0)
    this.#shares = shares.with(place, share)
  }

  #take(answer: PastAnswer): void {
    this.#answer = answer
    this.#isAsking = false
    this.#isFailing = false
    this.#refusal = undefined
    this.#shares = []
  }
}
