import type { Fields, Revisions } from '#shared/ledger/sheet.ts'
import { MINUTE } from '#shared/time.ts'

type RevisedDay = Revisions['days'][number]

/** Days are revised at midnight; asked again so often while they are shown. */
const EVERY = 10 * MINUTE
const PATIENCE = 15_000

/** Days whose numbers late data changed after they were first told. */
export class RevisedDays {
  #days = $state.raw<readonly RevisedDay[]>([])

  /** The newest first. */
  get days(): readonly RevisedDay[] {
    return this.#days
  }

  /** From one local date to another; answers how to stop. */
  follow(from: string, to: string): () => void {
    const look = () => void this.#look(`from=${from}&to=${to}`).catch(() => {})
    look()
    const timer = setInterval(look, EVERY)
    return () => clearInterval(timer)
  }

  /** Local dates on which a measure was told otherwise later. */
  datesOf(...measures: readonly string[]): Set<string> {
    const isOther = (day: RevisedDay) => measures.some((id) => isRevised(day, id))
    return new Set(this.#days.filter(isOther).map(({ day }) => day))
  }

  async #look(query: string): Promise<void> {
    const signal = AbortSignal.timeout(PATIENCE)
    const answer = await fetch(`/api/v1/revisions?${query}`, { signal })
    if (answer.ok) this.#days = ((await answer.json()) as Revisions).days
  }
}

/** Whether any of what a measure was made of was told otherwise. */
export function isRevised({ first, last }: RevisedDay, measure: string): boolean {
  const [was, is]: Fields[] = [first.measures[measure] ?? {}, last.measures[measure] ?? {}]
  return Object.keys({ ...was, ...is }).some(
    (name) => name !== 'version' && was![name] !== is![name],
  )
}
