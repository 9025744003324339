import type { Reopened } from '#shared/oversight/evidence.ts'
import { patience } from '../live/redial.ts'
import type { EvidenceState } from './Evidence.svelte'

const PATIENCE = 25_000

/** Evidence by its fingerprint, asked until it is answered, for the life of a component. */
export class ReopenedEvidence {
  #state = $state.raw<EvidenceState>({ kind: 'loading' })

  get state(): EvidenceState {
    return this.#state
  }

  /** Answers how to stop. */
  open(hash: string): () => void {
    const gone = new AbortController()
    void this.#ask(hash, gone.signal)
    return () => gone.abort()
  }

  async #ask(hash: string, signal: AbortSignal): Promise<void> {
    for (let attempt = 0; !signal.aborted; attempt++) {
      const answer = await askEvidence(hash, signal)
      if (signal.aborted) return
      this.#state = answer
      if (answer.kind !== 'unreached') return
      await new Promise((resolve) => setTimeout(resolve, patience(1000, attempt)))
    }
  }
}

async function askEvidence(hash: string, signal: AbortSignal): Promise<EvidenceState> {
  try {
    const ending = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)])
    const answer = await fetch(`/api/v1/evidence/${encodeURIComponent(hash)}`, { signal: ending })
    if (answer.status === 404) return { kind: 'missing' }
    if (!answer.ok) return { kind: 'unreached' }
    const { evidence, texts, today } = (await answer.json()) as Reopened
    return { kind: 'shown', hash, evidence, texts, today }
  } catch {
    return { kind: 'unreached' }
  }
}
