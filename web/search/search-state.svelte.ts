import type { SearchAnswer } from '#shared/tickets.ts'
import { answeredHits, type Hit, type Known, knownHits, MOST } from './hits.ts'

/** Typing is over when nothing more comes for so many milliseconds. */
const PAUSE = 150
const UNANSWERED = 10_000

/** What a text finds: at once what the page knows, then what the server knows. */
export class SearchState {
  #text = $state.raw('')
  #answered = $state.raw<readonly Hit[]>([])
  #isAsking = $state.raw(false)
  #isFailing = $state.raw(false)
  readonly #known: () => Known
  readonly #note: (status: string) => string
  #stop = () => {}

  readonly hits: readonly Hit[] = $derived.by(() =>
    [...knownHits(this.#text, this.#known()), ...this.#answered].slice(0, MOST),
  )

  constructor(known: () => Known, note: (status: string) => string) {
    this.#known = known
    this.#note = note
  }

  /** The server has not answered for this text yet. */
  get isAsking(): boolean {
    return this.#isAsking
  }

  /** The server did not answer: tickets and drafts are not among the hits. */
  get isFailing(): boolean {
    return this.#isFailing
  }

  /** Looks for another text; what is still on its way for the one before is dropped. */
  ask(text: string): void {
    const wanted = text.trim()
    if (wanted === this.#text) return
    this.#stop()
    this.#text = wanted
    this.#answered = []
    this.#isFailing = false
    this.#isAsking = wanted !== ''
    if (wanted !== '') this.#askSoon(wanted)
  }

  stop(): void {
    this.#stop()
  }

  #askSoon(text: string): void {
    const asking = new AbortController()
    const timer = setTimeout(() => void this.#askServer(text, asking.signal), PAUSE)
    this.#stop = () => {
      clearTimeout(timer)
      asking.abort()
    }
  }

  async #askServer(text: string, signal: AbortSignal): Promise<void> {
    const answer = await askServer(text, signal)
    if (signal.aborted) return
    this.#answered = answer ? answeredHits(answer, this.#note) : []
    this.#isFailing = !answer
    this.#isAsking = false
  }
}

/** Undefined when the server did not answer. */
async function askServer(text: string, signal: AbortSignal): Promise<SearchAnswer | undefined> {
  const patient = AbortSignal.any([signal, AbortSignal.timeout(UNANSWERED)])
  try {
    const answer = await fetch(`/api/v1/search?${new URLSearchParams({ q: text })}`, {
      signal: patient,
    })
    return answer.ok ? ((await answer.json()) as SearchAnswer) : undefined
  } catch {
    return undefined
  }
}
