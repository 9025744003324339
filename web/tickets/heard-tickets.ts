import type { StreamPart } from '#shared/wire.ts'
import type { Row } from './row.ts'

/** Changed tickets remembered by name until they are drawn. */
const MOST_CHANGED = 5000

/** What was heard of tickets and not looked at yet. */
export class HeardTickets {
  /** Tickets may have come to stand above. */
  hasNews = false
  #turn = 0
  readonly #changed = new Set<string>()

  /** Rows that were read in an earlier one may have changed. */
  get turn(): number {
    return this.#turn
  }

  hear({ events, more, isFirst }: StreamPart): void {
    for (const { kind, mark, id } of events) {
      this.hasNews = true
      const key = `tickets/${encodeURIComponent(mark)}/${encodeURIComponent(id)}`
      if (kind !== 'received') this.#changed.add(key)
    }
    if (more > 0 || isFirst || this.#changed.size > MOST_CHANGED) {
      this.#changed.clear()
      this.#turn++
    }
    if (isFirst) this.hasNews = true
  }

  /** Anything may have happened. */
  doubtAll(): void {
    this.#turn++
    this.hasNews = true
  }

  /** The rows are others. */
  forget(): void {
    this.#changed.clear()
  }

  mayHaveChanged({ key, turn }: Row): boolean {
    return turn < this.#turn || this.#changed.has(key)
  }

  /** A ticket is read now: only what is heard from here on is news of it. */
  read(key: string): void {
    this.#changed.delete(key)
  }

  /** It could not be read. */
  doubt(key: string): void {
    this.#changed.add(key)
  }
}
